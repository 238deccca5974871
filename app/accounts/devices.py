"""A device in words that its owner recognises, and the network that it came from."""

from ipaddress import ip_address, ip_network

#: First match wins: apps that embed a browser, then browsers that also call themselves Chrome.
BROWSERS = (
    ("WhatsApp", "WhatsApp"),
    ("Telegram", "Telegram"),
    ("Instagram", "Instagram"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("SamsungBrowser", "Samsung Internet"),
    ("MiuiBrowser", "Mi Browser"),
    ("UCBrowser", "UC Browser"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("; wv)", "Peramban dalam aplikasi"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def label_of(user_agent: str) -> str:
    """`Chrome di Android`. Only fixed words: what the browser claims is never shown as it is."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "Peramban")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "perangkat lain")
    return f"{browser} di {system}"


def network_of(address: str | None) -> str:
    """The /24 (IPv4) or /48 (IPv6) around an address; one household or office shares it."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return "tidak diketahui"
    if ip.version == 6 and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return str(ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))
