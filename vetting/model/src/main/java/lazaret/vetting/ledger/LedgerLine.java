package lazaret.vetting.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// One ledger entry as a line of the exported log (NDJSON):
/// `{"sequence":N,"previous":HEX,"hash":HEX,"event":EVENT}`, without white space between the
/// tokens. EVENT is the canonical text that the hash covers. A reader of the log can verify the
/// chain without this program.
///
/// @param sequence sequence of the entry, from 1
/// @param previous hash of the previous entry
/// @param hash hash of this entry
/// @param event canonical text of the event ([EventCodec])
public record LedgerLine(long sequence, Sha256 previous, Sha256 hash, String event) {
  private static final int MAX_CHARS = 1 << 20;
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"sequence\":([1-9][0-9]{0,18}),\"previous\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\",\"event\":(\\{.*\\})\\}",
          // An event may hold the line separators of Unicode, which JSON does not escape.
          Pattern.DOTALL);

  /// Returns the line of an entry.
  public static LedgerLine of(LedgerEntry entry) {
    return new LedgerLine(entry.sequence(), entry.previous(), entry.hash(), entry.encoded().text());
  }

  /// Parses a line.
  ///
  /// @param text the line without its line end
  /// @throws MalformedException if the text is not a line of an exported log
  public static LedgerLine parse(String text) {
    Matcher form = FORM.matcher(text);
    if (text.length() > MAX_CHARS || !form.matches()) {
      throw new MalformedException(
          "expected {\"sequence\":N,\"previous\":\"...\",\"hash\":\"...\",\"event\":{...}}, found "
              + Excerpt.of(text));
    }
    try {
      return new LedgerLine(
          Long.parseLong(form.group(1)),
          Sha256.parse(form.group(2)),
          Sha256.parse(form.group(3)),
          form.group(4));
    } catch (NumberFormatException e) {
      throw new MalformedException("its sequence is not the number of an entry", e);
    }
  }

  /// Returns the line of the entry, without a line end.
  public String text() {
    return "{\"sequence\":%d,\"previous\":\"%s\",\"hash\":\"%s\",\"event\":%s}"
        .formatted(sequence, previous.hex(), hash.hex(), event);
  }

  /// Returns the fault of this line as the successor of another, or null if it has none. Checks the
  /// sequence, the previous hash and the hash.
  ///
  /// @param before the line before it; null if this is the first line of the export
  public @Nullable String fault(@Nullable LedgerLine before) {
    if (before != null && sequence != before.sequence + 1) {
      return "expected entry %d, found %d".formatted(before.sequence + 1, sequence);
    }
    Sha256 expected = before != null ? before.hash : sequence == 1 ? LedgerEntry.GENESIS : previous;
    if (!previous.equals(expected)) {
      return "entry %d names %s as the one before it, expected %s"
          .formatted(sequence, previous.hex(), expected.hex());
    }
    Sha256 found = LedgerEntry.hash(sequence, previous, Bytes.utf8(event));
    return found.equals(hash)
        ? null
        : "entry %d was altered: its hash is %s, its content gives %s"
            .formatted(sequence, hash.hex(), found.hex());
  }
}
