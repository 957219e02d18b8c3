from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examiner.archive import Who
from examiner.errors import NotCollected
from examiner.people import Person, as_folder, decide, distinguish, key_of

ONE, TWO = frozenset({"01"}), frozenset({"02"})


def moodle(number, name="Ada Lovelace"):
    return Who(name, "Moodle", str(number))


def canvas(number, name="lovelaceada"):
    return Who(name, "Canvas", str(number))


def brightspace(number, name="Ada Lovelace"):
    return Who(name, "Brightspace", str(number))


def named(name="Ada Lovelace"):
    return Who(name)


def known(*archives):
    """What is known after some archives, each of people and of one assignment."""
    people = {}
    for who, assignments in archives:
        decided = decide({who: assignments}, people, people, ["new"])
        people = dict(decided.people)
    return people


def folders_of(present, people, on_disk=(), answers=()):
    """The folder of each, or `?` for whom it is asked, or a reason."""
    decided = decide(present, people, [*people, *on_disk], answers)
    asked = {
        question.who: f"{question.key}?{','.join(question.candidates)}" for question in decided.questions
    }
    assert set(decided.folders) | set(asked) | set(decided.refused) == set(present)
    assert len(decided.folders) + len(asked) + len(decided.refused) == len(present)
    return {**decided.folders, **asked, **decided.refused}


def test_students_get_folders_and_those_of_one_name_get_their_numbers_too():
    one, two, ada = moodle(118, "María José"), moodle(119, "María José"), moodle(117)
    decided = decide({ada: ONE, one: ONE, two: ONE}, {}, [])
    assert decided.folders == {ada: "Ada_Lovelace", one: "María_José_118", two: "María_José_119"}
    assert decided.namesakes == ("María_José_118", "María_José_119")


def test_canvas_numbers_are_in_each_folders_name_and_blackboards_names_are_folders():
    blackboard = Who("ab123", "Blackboard", "ab123")
    assert folders_of({canvas(81): ONE, blackboard: ONE}, {}) == {
        canvas(81): "lovelaceada_81",
        blackboard: "ab123",
    }


def test_a_long_name_does_not_push_the_number_out_of_the_folders_name():
    name = "Ada " * 30
    folders = folders_of({moodle(117, name): ONE, moodle(118, name): ONE}, {})
    assert [folder[-4:] for folder in folders.values()] == ["_117", "_118"]
    assert max(map(len, folders.values())) <= 80


def test_names_that_no_folder_can_have_are_numbered_or_refused():
    assert folders_of({moodle(117, "???"): ONE, named("..."): ONE}, {}) == {
        moodle(117, "???"): "117",
        named("..."): "has a name that no folder can have",
    }


def test_names_alone_that_make_one_folder_are_nobodys():
    shared = "is by its name of several students"
    present = {named("ada b"): ONE, named("ada_b"): ONE, named("ben"): ONE}
    assert folders_of(present, {}) == {named("ada b"): shared, named("ada_b"): shared, named("ben"): "ben"}


@pytest.mark.parametrize("first", [117, 118])
def test_namesakes_stay_apart_whichever_comes_first_and_keep_their_folders(first):
    people = known((moodle(first), ONE))
    assert list(people) == ["Ada_Lovelace"]
    other = 235 - first
    both = folders_of({moodle(117): ONE, moodle(118): ONE}, people)
    assert both == {moodle(first): "Ada_Lovelace", moodle(other): f"Ada_Lovelace_{other}"}
    assert folders_of({moodle(other): ONE}, people) == {moodle(other): f"Ada_Lovelace_{other}"}


def test_a_number_that_is_known_decides_alone():
    people = known((moodle(117), ONE), (moodle(118), ONE))
    assert folders_of({moodle(118): ONE}, people) == {moodle(118): "Ada_Lovelace_118"}
    assert folders_of({moodle(118): TWO}, people) == {moodle(118): "Ada_Lovelace_118"}


def test_in_another_assignment_moodles_new_number_proves_nothing_and_is_asked():
    people = known((moodle(117), ONE))
    assert folders_of({moodle(219): TWO}, people) == {moodle(219): "219?Ada_Lovelace"}
    both = known((moodle(117), ONE), (moodle(118), ONE))
    assert folders_of({moodle(219): TWO}, both) == {moodle(219): "219?Ada_Lovelace,Ada_Lovelace_118"}


@pytest.mark.parametrize(
    ("answers", "folder"),
    [
        (["219=Ada_Lovelace"], "Ada_Lovelace"),
        (["219=new"], "Ada_Lovelace_219"),
        (["names"], "Ada_Lovelace"),
        (["new"], "Ada_Lovelace_219"),
    ],
)
def test_an_answer_is_remembered(answers, folder):
    people = known((moodle(117), ONE))
    decided = decide({moodle(219): TWO}, people, [], answers)
    assert decided.folders == {moodle(219): folder}
    assert folders_of({moodle(219): TWO}, decided.people) == {moodle(219): folder}


def test_the_answer_on_one_namesake_tells_who_the_other_is_not():
    people = known((moodle(117), ONE))
    present = {moodle(219): TWO, moodle(220): TWO}
    asked = {moodle(219): "219?Ada_Lovelace", moodle(220): "220?Ada_Lovelace"}
    assert folders_of(present, people) == asked
    assert folders_of(present, people, answers=["names"]) == asked
    assert folders_of(present, people, answers=["220=Ada_Lovelace"]) == {
        moodle(219): "Ada_Lovelace_219",
        moodle(220): "Ada_Lovelace",
    }


def test_an_answer_never_puts_two_peoples_work_of_one_archive_together():
    people = known((moodle(117), ONE))
    answers = ["219=Ada_Lovelace", "220=Ada_Lovelace"]
    assert folders_of({moodle(219): TWO, moodle(220): TWO}, people, answers=answers) == {
        moodle(219): "Ada_Lovelace",
        moodle(220): "would go where another's work of this zip file goes, submitted/Ada_Lovelace",
    }


def test_an_answer_moves_a_number_that_was_another_persons():
    people = known((moodle(117), ONE), (moodle(118), ONE))
    decided = decide({moodle(118): TWO}, people, [], ["118=Ada_Lovelace"])
    assert decided.folders == {moodle(118): "Ada_Lovelace"}
    assert decided.people["Ada_Lovelace_118"].numbers == {}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("220=Ada_Lovelace", "SAME=220=Ada_Lovelace: nobody in this zip file goes by '220'"),
        ("219=Ben", "SAME=219=Ben: there is no student's folder 'Ben' in submitted/"),
        ("219", "SAME=219: there is no student's folder '' in submitted/"),
    ],
)
def test_an_answer_that_fits_nothing_is_an_error_that_says_so(answer, message):
    with pytest.raises(NotCollected) as refusal:
        decide({moodle(219): TWO}, known((moodle(117), ONE)), [], [answer])
    assert str(refusal.value) == message


def test_another_number_of_canvas_is_another_person():
    people = known((canvas(81), ONE))
    assert folders_of({canvas(81): TWO, canvas(82): TWO}, people) == {
        canvas(81): "lovelaceada_81",
        canvas(82): "lovelaceada_82",
    }


def test_another_number_of_brightspace_is_asked_and_two_in_one_archive_stay_apart():
    people = known((brightspace(1), ONE))
    assert folders_of({brightspace(2): ONE}, people) == {brightspace(2): "2?Ada_Lovelace"}
    assert folders_of({brightspace(1): TWO}, people) == {brightspace(1): "Ada_Lovelace"}
    assert set(folders_of({brightspace(1): ONE, brightspace(2): ONE}, {}).values()) == {
        "Ada_Lovelace_1",
        "Ada_Lovelace_2",
    }


def test_a_known_number_under_another_name_is_asked():
    people = known((moodle(117), ONE))
    ben = moodle(117, "Ben Bloggs")
    assert folders_of({ben: ONE}, people) == {ben: "117?Ada_Lovelace"}
    assert folders_of({ben: ONE}, people, answers=["names"]) == {ben: "117?Ada_Lovelace"}
    assert folders_of({ben: ONE}, people, answers=["117=Ada_Lovelace"]) == {ben: "Ada_Lovelace"}
    assert folders_of({ben: ONE}, people, answers=["117=new"]) == {ben: "Ben_Bloggs"}


def test_a_name_alone_is_the_person_as_long_as_no_number_came_with_it():
    people = known((named(), ONE))
    assert folders_of({named(): TWO}, people) == {named(): "Ada_Lovelace"}
    assert folders_of({named("Ada  Lovelace"): TWO}, people) == {named("Ada  Lovelace"): "Ada_Lovelace"}
    assert folders_of({named("Ada_Lovelace"): TWO}, people) == {
        named("Ada_Lovelace"): "Ada_Lovelace?Ada_Lovelace"
    }


@pytest.mark.parametrize("before", [moodle(117), canvas(81, "Ada Lovelace"), brightspace(1)], ids=str)
def test_a_name_alone_never_goes_where_a_number_came(before):
    people = known((before, ONE))
    folder = next(iter(people))
    assert folders_of({named(): ONE}, people) == {named(): f"Ada_Lovelace?{folder}"}
    assert folders_of({named(): ONE}, people, answers=["Ada_Lovelace=new"]) != {named(): folder}


@pytest.mark.parametrize("who", [moodle(1), canvas(1, "Ada Lovelace"), brightspace(1)], ids=str)
def test_a_number_never_goes_where_a_name_alone_came(who):
    people = known((named(), ONE))
    assert folders_of({who: ONE}, people) == {who: "1?Ada_Lovelace"}


def test_a_name_and_a_number_of_one_archive_are_not_put_together():
    assert folders_of({moodle(117): ONE, named(): ONE}, {}) == {
        moodle(117): "Ada_Lovelace",
        named(): "Ada_Lovelace?Ada_Lovelace",
    }


def test_a_folder_of_which_nothing_is_known_is_asked_for_a_number_and_is_a_names():
    assert folders_of({moodle(117): ONE}, {}, ["Ada_Lovelace"]) == {moodle(117): "117?Ada_Lovelace"}
    assert folders_of({named("ada"): ONE}, {}, ["ada"]) == {named("ada"): "ada"}


def test_a_folder_that_has_the_number_in_its_name_is_that_numbers():
    on_disk = ["lovelaceada_81", "María_José_118"]
    maria = moodle(118, "María José")
    assert folders_of({canvas(81): ONE, maria: ONE}, {}, on_disk) == {
        canvas(81): "lovelaceada_81",
        maria: "María_José_118",
    }


def test_a_number_that_several_names_share_is_no_persons():
    ada, ben, cy = brightspace(1), brightspace(1, "Ben"), brightspace(2, "Cy")
    assert distinguish([ada, ben, cy]) == {ada: named(), ben: named("Ben"), cy: cy}


def test_namesakes_whose_numbers_are_no_persons_cannot_be_told_apart():
    people = [brightspace(1), brightspace(1, "Ben"), brightspace(2), brightspace(2, "Cy")]
    assert set(distinguish(people)) == {people[1], people[3]}


def test_what_is_called_by_in_an_answer_is_safe_to_type():
    assert key_of(Who('"; rm -rf ~; "')) == "rm_-rf"
    assert key_of(moodle(117)) == "117"
    assert as_folder("../../etc/passwd\n") == "etc_passwd"


def test_a_class_of_thousands_keeps_its_folders():
    class_ = {moodle(number, f"Student {number}"): ONE for number in range(5_000)}
    decided = decide(class_, {}, [])
    again = decide(class_, decided.people, [])
    assert again.folders == decided.folders
    assert not again.questions


def test_a_person_gathers_names_numbers_and_assignments():
    person = Person().also(moodle(117), ONE).also(moodle(117), TWO).also(named("Ada L."), ONE)
    assert person.names == {"Ada Lovelace", "Ada L."}
    assert person.numbers == {("Moodle", "117"): ONE | TWO}


PEOPLE = st.builds(
    Who, st.sampled_from(["Ada", "ada", "Ada B", "Ada_B", "...", ""]), st.just(""), st.just("")
) | st.builds(
    Who,
    st.sampled_from(["Ada", "Ada B", "Ada_B", "???"]),
    st.sampled_from(["Moodle", "Canvas", "Brightspace", "Blackboard", "Canvas (anonymous)"]),
    st.sampled_from(["1", "2", "3"]),
)
ARCHIVES = st.lists(
    st.tuples(st.frozensets(PEOPLE, max_size=5), st.sampled_from([ONE, TWO, ONE | TWO])), max_size=6
)


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(archives=ARCHIVES, on_disk=st.frozensets(st.sampled_from(["Ada", "Ada_1", "ada"])))
def test_in_any_row_of_archives_no_folder_gets_work_of_two_whom_a_number_tells_apart(archives, on_disk):
    people, came = {}, defaultdict(set)
    for present, assignments in archives:
        who_is_who = distinguish(present)
        decided = decide(dict.fromkeys(who_is_who.values(), assignments), people, [*people, *on_disk])
        assert len(set(decided.folders.values())) == len(decided.folders)
        for who, folder in decided.folders.items():
            assert folder == as_folder(folder) != ""
            came[folder].add((who, assignments))
        people = dict(decided.people)
    for works in came.values():
        numbered = {who for who, _ in works if who.number}
        assert not numbered or numbered == {who for who, _ in works}, "a name went where a number came"
        for platform in {who.platform for who in numbered}:
            assert len({who.number for who in numbered if who.platform == platform}) == 1
