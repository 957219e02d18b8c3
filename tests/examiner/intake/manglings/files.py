"""Notebooks that are written to a folder in some odd way."""

import io
import os
import zipfile

FILES = {}


def file_mangling(function):
    """Register a function that hands in a notebook's content under its name in some odd way."""
    FILES[function.__name__] = function
    return function


@file_mangling
def byte_order_mark(folder, name, content):
    (folder / name).write_bytes(b"\xef\xbb\xbf" + content)


@file_mangling
def carriage_returns(folder, name, content):
    (folder / name).write_bytes(content.replace(b"\n", b"\r\n"))


@file_mangling
def utf_16(folder, name, content):
    (folder / name).write_bytes(content.decode().encode("utf-16"))


@file_mangling
def bytes_behind_the_end(folder, name, content):
    (folder / name).write_bytes(content + b"\0\0\xff garbage }")


@file_mangling
def numbered_by_a_browser(folder, name, content):
    (folder / name.replace(".ipynb", " (1).ipynb")).write_bytes(content)


@file_mangling
def copy_of_by_colab(folder, name, content):
    (folder / f"Copy_of_{name}").write_bytes(content)


@file_mangling
def named_txt_by_a_browser(folder, name, content):
    (folder / f"{name}.txt").write_bytes(content)


@file_mangling
def in_a_sub_folder(folder, name, content):
    (folder / "homework" / "week 1").mkdir(parents=True)
    (folder / "homework" / "week 1" / name).write_bytes(content)


@file_mangling
def in_a_folder_named_like_the_notebook(folder, name, content):
    (folder / name).mkdir()
    (folder / name / name).write_bytes(content)


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@file_mangling
def zip_file(folder, name, content):
    (folder / "homework.zip").write_bytes(zipped({name: content}))


@file_mangling
def zip_file_with_a_folder(folder, name, content):
    files = {
        f"week/{name}": content,
        f"__MACOSX/week/._{name}": b"\0",
        f"week/.ipynb_checkpoints/{name}": b"",
    }
    (folder / "homework.zip").write_bytes(zipped(files))


@file_mangling
def zip_file_with_path_tricks(folder, name, content):
    (folder / "homework.zip").write_bytes(zipped({f"../../..\\..//{name}": content}))


@file_mangling
def beside_a_checkpoint(folder, name, content):
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / name).write_bytes(b"{}")
    (folder / name).write_bytes(content)


@file_mangling
def beside_a_named_pipe(folder, name, content):
    os.mkfifo(folder / "pipe.ipynb")
    (folder / name).write_bytes(content)


@file_mangling
def beside_a_loop_of_links(folder, name, content):
    (folder / "again").symlink_to(folder)
    (folder / name).write_bytes(content)
