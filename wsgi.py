"""What the server runs. Everything made by now stays for good, so the collector need not look at it:
its full rounds walked a whole catalog in the middle of a page (a quarter of a lesson's time)."""

import gc

from app import create_app

#: Objects made before the collector looks at the youngest. A page makes some thousands, and almost
#: all of them go by reference counting alone.
YOUNG = 20_000

app = create_app()
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG, 20, 20)
