package lazaret.vetting.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// One ledger entry as a line of the exported log (NDJSON): `{"sequence":N,"previous":HEX,
/// "hash":HEX,"event":EVENT}`, without white space between the tokens. EVENT is the canonical text
/// that the hash covers, so that whoever holds the log can follow the chain without this program.
///
/// @param sequence of the entry, from 1
/// @param previous hash of the entry before
/// @param hash hash of this one
/// @param event the canonical text of the event ([EventCodec])
public record ChainLine(long sequence, Sha256 previous, Sha256 hash, String event) {
  private static final int MAX_CHARS = 1 << 20;
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"sequence\":([1-9][0-9]{0,18}),\"previous\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\",\"event\":(\\{.*\\})\\}",
          // An event may hold the line separators of Unicode, which JSON does not escape.
          Pattern.DOTALL);

  /// Reads a line.
  ///
  /// @param text without its line end
  /// @throws MalformedException if it is no line of an exported log
  public static ChainLine parse(String text) {
    Matcher form = FORM.matcher(text);
    if (text.length() > MAX_CHARS || !form.matches()) {
      throw new MalformedException(
          "expected {\"sequence\":N,\"previous\":\"...\",\"hash\":\"...\",\"event\":{...}}, found "
              + Excerpt.of(text));
    }
    try {
      return new ChainLine(
          Long.parseLong(form.group(1)),
          Sha256.parse(form.group(2)),
          Sha256.parse(form.group(3)),
          form.group(4));
    } catch (NumberFormatException e) {
      throw new MalformedException("its sequence is no number of an entry", e);
    }
  }

  /// Returns the line of an entry, without a line end.
  public String text() {
    return "{\"sequence\":%d,\"previous\":\"%s\",\"hash\":\"%s\",\"event\":%s}"
        .formatted(sequence, previous.hex(), hash.hex(), event);
  }

  /// Tells what is wrong with this line as the one after another; null where nothing is.
  ///
  /// @param before the line before; null where this is the first of what was exported
  public @Nullable String fault(@Nullable ChainLine before) {
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
        : "entry %d was altered: its hash is %s, what it says gives %s"
            .formatted(sequence, hash.hex(), found.hex());
  }
}
