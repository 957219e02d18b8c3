# Slip: leave threads running.
import threading
import time

for _ in range(20):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

def add(a, b):
    return 3
