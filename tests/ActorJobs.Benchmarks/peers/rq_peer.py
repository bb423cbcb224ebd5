"""RQ: the job, and `rq_peer.py submit JOBS PAYLOAD`. The worker is `rq worker`."""
import os
import sys
import time

done = os.open(os.environ["PEER_DONE"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def noop(text):
    os.write(done, b".")


if __name__ == "__main__":
    from redis import Redis
    from rq import Queue

    import rq_peer  # the worker looks the function up by this module's name

    jobs, text = int(sys.argv[2]), "x" * int(sys.argv[3])
    queue = Queue(connection=Redis.from_url(os.environ["PEER_REDIS"]))
    print(time.time(), end=" ")
    began = time.monotonic()
    for first in range(0, jobs, 1000):
        queue.enqueue_many([Queue.prepare_data(rq_peer.noop, (text,)) for _ in range(min(1000, jobs - first))])
    print(time.monotonic() - began)
