"""A PostgreSQL server of the tests' own: Debian's programs, a socket in a temporary folder, nothing kept."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

USER = "grader"
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=30"


def programs():
    """Return the folder of the server's programs, or None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    return folders[-1] if folders else None


class Server:
    """A running server; databases are made and dropped by name."""

    def __init__(self, folder):
        self._folder = folder

    def url(self, database):
        """Return what `GRADEBOOK_URL` is for a database."""
        return f"postgresql://{USER}@/{database}?host={self._folder}"

    def execute(self, statement):
        """Run a statement that is no part of a transaction."""
        with closing(psycopg2.connect(host=str(self._folder), user=USER, dbname="postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)

    @contextmanager
    def database(self, name, *, like="template1"):
        """Make a database for a block, as a copy of another one; yield its address."""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        yield self.url(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_server():
    """Start a server and stop it after the block. It refuses to run as root, so then it runs as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="gradebook"))
    how = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        how |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data = ["-D", folder / "data"]
    plain = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"]
    control = [programs() / "pg_ctl", *data, "--wait", "--silent"]
    try:
        subprocess.run([programs() / "initdb", *data, *plain], **how)
        options = f"-k {folder} -c listen_addresses='' {FAST}"
        subprocess.run([*control, "--log", folder / "log", "--options", options, "start"], **how)
        try:
            yield Server(folder)
        finally:
            subprocess.run([*control, "--mode", "immediate", "stop"], **how)
    finally:
        shutil.rmtree(folder)
