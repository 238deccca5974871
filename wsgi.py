"""What the server runs. Whatever is made by now stays for good, so the collector is spared it:
its full rounds walked the whole catalog in the middle of a page."""

import gc

gc.disable()  # nor is anything garbage that imports make: a fifth of their time went into looking

from app import create_app  # noqa: E402 - only now

#: Objects made before the collector looks at the youngest. A page makes some thousands, and almost
#: all of them go by reference counting alone.
YOUNG = 20_000

app = create_app()
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG, 20, 20)
gc.enable()
