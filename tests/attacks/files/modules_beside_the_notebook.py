# Attack: write modules that shadow those of the tests into the folder of the notebook.
import os

os.makedirs("neurocourse", exist_ok=True)
open("neurocourse/__init__.py", "w").write("")
open("neurocourse/checks.py", "w").write("check_close = lambda *args, **kwargs: None\n")
for name in ("numpy", "examiner", "sitecustomize", "json", "usercustomize"):
    open(f"{name}.py", "w").write("raise SystemExit(0)\n")


def add(a, b):
    return 3
