"""Flowdeck's bridge to Python: reads what a flow file offers and runs one flow.

Started as a directory (``python3 /path/flowdeck_bridge inspect|run …``), needs nothing but
the standard library, and leaves ``sys.path`` to the user's own modules.
"""
