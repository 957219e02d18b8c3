# Every target is one line that a person could type; `make help` lists them.
PYTHON ?= python3
# One thread per process: the matrices are small and the processes many.
export OMP_NUM_THREADS ?= 1
VENV := .venv
export PIP_DISABLE_PIP_VERSION_CHECK := 1
RUN := $(VENV)/bin/python -m
EXAMINER := $(RUN) examiner
ASSIGNMENT ?=
EXERCISE ?=
OPTIONS ?=
CHOSEN = $(if $(ASSIGNMENT),--assignment $(ASSIGNMENT)) $(if $(EXERCISE),--exercise $(EXERCISE))
INSTALLED := $(VENV)/installed
SANDBOX := $(VENV)/bubblewrap
SERVER := $(VENV)/postgresql
BROWSER := $(VENV)/chromium

.DEFAULT_GOAL := help
.PHONY: help demo test mutants dresses lint format exercise check release publish solutions figures roster collect grade review feedback report return remove gradebook doctor bench lab site pictures lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(SANDBOX)  ## a small class from nothing: released, handed in, graded, feedback, report (in demo/)
	$(EXAMINER) demo $(or $(ASSIGNMENT),02_poisson_glm)

test: $(SANDBOX) $(SERVER) $(BROWSER)  ## run every test
	$(RUN) pytest -n 4 --dist loadfile

mutants: $(SANDBOX)  ## try the tests with answers a little wrong [ASSIGNMENT=… EXERCISE="one two" OPTIONS=…]
	$(RUN) tests.mutants $(CHOSEN) $(OPTIONS)

dresses: $(SANDBOX)  ## try the tests with right answers in every form [ASSIGNMENT=… EXERCISE="one two" OPTIONS=…]
	$(RUN) tests.dresses $(CHOSEN) $(OPTIONS)

lint: $(INSTALLED)  ## check style and types
	$(VENV)/bin/ruff check && $(VENV)/bin/ruff format --check && $(VENV)/bin/mypy

format: $(INSTALLED)  ## put code and source notebooks into their one form
	$(VENV)/bin/ruff check --fix && $(VENV)/bin/ruff format && $(EXAMINER) format

exercise: $(INSTALLED)  ## begin an exercise: its cells and its answer bank NAME=… ASSIGNMENT=… [BEFORE=cell]
	@test -n "$(NAME)" -a -n "$(ASSIGNMENT)" || { echo "Say what and where: make exercise NAME=spike_rate ASSIGNMENT=02_poisson_glm"; exit 1; }
	$(RUN) tests.exercises new "$(NAME)" "$(ASSIGNMENT)" $(if $(BEFORE),--before "$(BEFORE)")

check: $(SANDBOX)  ## say what one exercise still lacks EXERCISE=…
	@test -n "$(EXERCISE)" || { echo "Say which exercise: make check EXERCISE=fit_lnp"; exit 1; }
	$(RUN) tests.exercises check "$(EXERCISE)"

release: $(INSTALLED)  ## make the student notebooks in release/ from source/
	$(EXAMINER) release $(ASSIGNMENT)

publish: $(INSTALLED)  ## write the public student repository to public/ [TO=folder | BRANCH=name]
	$(EXAMINER) publish $(if $(TO),--to "$(TO)") $(if $(BRANCH),--branch "$(BRANCH)")

solutions: $(INSTALLED)  ## make the executed solutions in solutions/
	$(EXAMINER) solve $(ASSIGNMENT)

figures: $(INSTALLED)  ## draw anew the figures that students compare theirs with
	$(EXAMINER) figures $(ASSIGNMENT)

roster: $(INSTALLED)  ## read a platform's export of the class FILE=… [ASSIGNMENT=…] [SAME=…] [NEW=yes], or show it [LEFT=… BACK=…]
	$(EXAMINER) roster $(if $(FILE),"$(FILE)") $(if $(ASSIGNMENT),--assignment $(ASSIGNMENT)) $(if $(SAME),--same "$(SAME)") \
		$(if $(NEW),--new) $(if $(LEFT),--left "$(LEFT)") $(if $(BACK),--back "$(BACK)")

collect: $(INSTALLED)  ## take a platform's ZIP=file or folder into submitted/ [ASSIGNMENT=…] [WORKSHEET=…] [REPLACE=yes] [LATEST=yes] [SAME=…]
	@test -n "$(ZIP)" || { echo "Say which zip file: make collect ZIP=submissions.zip"; exit 1; }
	$(EXAMINER) collect "$(ZIP)" $(ASSIGNMENT) $(if $(WORKSHEET),--worksheet "$(WORKSHEET)") \
		$(if $(REPLACE),--replace) $(if $(LATEST),--latest) $(if $(SAME),--same "$(SAME)")

grade: $(SANDBOX)  ## grade submitted/ [ASSIGNMENT=02_poisson_glm OPTIONS="--jobs 4" YES=yes]
	$(EXAMINER) grade $(ASSIGNMENT) $(if $(YES),--yes) $(OPTIONS)

review: $(INSTALLED)  ## list the submissions that need a person
	$(EXAMINER) review $(ASSIGNMENT)

feedback: $(INSTALLED)  ## write the students' pages in feedback/
	$(EXAMINER) feedback $(ASSIGNMENT)

report: $(INSTALLED)  ## print scores and where the class struggles; the class in pictures in report/
	$(EXAMINER) report $(ASSIGNMENT)

remove: $(INSTALLED)  ## take out who left, or work that is gone STUDENT="ada ben" | ORPHANS=yes
	$(EXAMINER) remove $(STUDENT) $(if $(ORPHANS),--orphans)

gradebook: $(INSTALLED)  ## move the gradebook into another database TO=postgresql://…
	@test -n "$(TO)" || { echo "Say where to: make gradebook TO=postgresql://USER@HOST/DATABASE"; exit 1; }
	@$(EXAMINER) gradebook "$(TO)"

return: $(INSTALLED)  ## write grades and pages for a platform ASSIGNMENT=… PLATFORM=canvas|moodle|… [FILE=…] [COLUMN=…] [PARTIAL=yes] [ONLY=changed]
	@test -n "$(ASSIGNMENT)" -a -n "$(PLATFORM)" || { echo "Say what and where: make return ASSIGNMENT=02_poisson_glm PLATFORM=moodle (or canvas, brightspace, blackboard, csv)"; exit 1; }
	$(EXAMINER) return $(ASSIGNMENT) $(PLATFORM) $(if $(FILE),--file "$(FILE)") $(if $(COLUMN),--column "$(COLUMN)") \
		$(if $(PARTIAL),--partial) $(if $(filter changed,$(ONLY)),--only-changed) $(if $(REPLACE),--replace)

doctor: $(INSTALLED)  ## say whether this machine can grade, and what it lacks
	$(EXAMINER) doctor

bench: $(SANDBOX)  ## time every solved notebook, full and quick, and its grading
	$(RUN) benchmarks.notebooks
	$(RUN) benchmarks.grading

lab: $(INSTALLED)  ## open JupyterLab on the course
	$(VENV)/bin/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root)

site: $(INSTALLED)  ## build the website in docs/_build/html, without a network
	$(EXAMINER) site

pictures: demo $(BROWSER)  ## take the README's pictures anew, from the demo class and a notebook
	$(RUN) tests.browser.pictures

lock: $(INSTALLED)  ## renew the exact versions in requirements.lock
	$(RUN) pip install --quiet pip-tools
	echo torch==2.13.0 | $(RUN) piptools compile --quiet --upgrade --all-extras --strip-extras --no-header \
		--no-annotate --no-emit-options --constraint /dev/stdin --output-file requirements.lock pyproject.toml
	sed -i -e 's/^\(torch==[0-9.]*\)+cpu$$/\1/' -e '/^#/d' -e '/^$$/d' requirements.lock

clean:  ## remove what was generated, the environment included; submissions and grades stay
	rm -rf $(VENV) demo report docs/_build tests/browser/screenshots .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "Python 3.11 to 3.13 is needed, found $$($(PYTHON) --version): use make PYTHON=python3.11"; exit 1; }
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --requirement requirements.lock
	$(RUN) pip install --quiet --no-deps --editable .
	@touch $@

# System packages, each named by its stamp. Without the sandbox nothing is graded; tests skip what else is missing.
$(SANDBOX): there := command -v bwrap
$(SANDBOX): lacking := exit 1
$(SERVER): there := { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
$(SERVER): lacking := true
$(BROWSER): there := { command -v chromium || command -v google-chrome; }
$(BROWSER): lacking := true
$(SANDBOX) $(SERVER) $(BROWSER): $(INSTALLED)
	@if [ "$$(id -u)" != 0 ]; then sudo="sudo -n"; fi; { $(there) \
		|| { $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $(@F); } } > /dev/null 2>&1 \
		|| { echo "$(@F) is missing: run  sudo apt-get install $(@F)  (Fedora: dnf install)"; $(lacking); }
	@touch $@
