"""Check an exported audit trail without Writeback: python verify_audit.py FILE.jsonl [HEAD]."""

import csv, hashlib, json, sys  # noqa: E401

path, noted = sys.argv[1], (sys.argv + ["", ""])[2].lower()
stream = open(path, encoding="utf-8", newline="", errors="surrogatepass")
entries = csv.DictReader(stream) if path.endswith(".csv") else map(json.loads, stream)
previous, count, holds_noted = "0" * 64, 0, noted in ("", "0" * 64)
for entry in entries:
    count += 1
    chained = {"seq": int(entry["seq"]), "at": entry["at"], "act": entry["act"], "body": entry["body"]}
    text = json.dumps(chained, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256((previous + text).encode("utf-8", "surrogatepass")).hexdigest()
    if (int(entry["seq"]), entry["previous"], entry["hash"]) != (count, previous, digest):
        sys.exit(f"chain broken at entry {count}")
    previous, holds_noted = digest, holds_noted or digest == noted
if not holds_noted:
    sys.exit(f"the {count} entries fit together, but do not hold the head {noted}")
print(f"{count} entries, unbroken. Head: {previous}")
