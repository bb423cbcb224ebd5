"""Celery: the task, and `celery_peer.py submit JOBS PAYLOAD`. The worker is `celery -A celery_peer worker`."""
import os
import sys
import time

from celery import Celery

app = Celery("celery_peer", broker=os.environ["PEER_REDIS"])
app.conf.task_ignore_result = True
app.conf.worker_prefetch_multiplier = 64  # its default of 4 is for long tasks
done = os.open(os.environ["PEER_DONE"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


@app.task(name="noop")
def noop(text):
    os.write(done, b".")


if __name__ == "__main__":
    jobs, text = int(sys.argv[2]), "x" * int(sys.argv[3])
    with app.producer_pool.acquire(block=True) as producer:
        print(time.time(), end=" ")
        began = time.monotonic()
        for _ in range(jobs):
            noop.apply_async((text,), producer=producer)
    print(time.monotonic() - began)
