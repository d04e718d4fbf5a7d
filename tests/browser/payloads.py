"""Texts that must be shown as they are, wherever a user or a source may have written them."""

HELD = "window.planted=1"
"""What a payload would do if it ran."""

PAYLOADS = (
    f"</script><script>{HELD}</script>",
    f"<script>{HELD}</script>",
    f"<img src=x onerror={HELD}>",
    f'<img src="https://planted.invalid/a.png" onerror="{HELD}">',
    f"<svg onload={HELD}></svg>",
    f"<svg><script>{HELD}</script></svg>",
    f"<iframe srcdoc='<script>parent.{HELD}</script>'></iframe>",
    '<iframe src="https://planted.invalid/frame"></iframe>',
    f"<a href='javascript:{HELD}'>link</a>",
    '<a href="https://planted.invalid/click">link</a>',
    f"javascript:{HELD}",
    f'" onmouseover="{HELD}" x="',
    f"' autofocus onfocus='{HELD}' x='",
    f"--><script>{HELD}</script><!--",
    f"]]><script>{HELD}</script>",
    f"</style><script>{HELD}</script>",
    "<style>@import 'https://planted.invalid/a.css';</style>",
    "<link rel=stylesheet href=https://planted.invalid/b.css>",
    "<meta http-equiv=refresh content='0;url=https://planted.invalid/'>",
    "<base href='https://planted.invalid/'>",
    "<form action='https://planted.invalid/'><input name=planted autofocus></form>",
    f"<details open ontoggle={HELD}><summary>s</summary></details>",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "$policy $$ ${style} %(title)s {0}",
    f"&lt;script&gt;{HELD}&lt;/script&gt; &amp;quot;",
    f"\\u003cscript\\u003e{HELD}\\u003c/script\\u003e",
    "=HYPERLINK(\"https://planted.invalid\",\"x\")",
    "<b>bold</b><br><sup>2</sup> <span style='position:fixed'>x</span>",
    "\u202eRTL override\u202c \u2028 \u2029 \u200b zero width \U0001f600",
    "long " + "<i>長" * 200,
)  # fmt: skip
"""Thirty: tags, attributes, links, templates, entities, escapes, formulas, direction, length."""
