package lazaret.vetting.inspect.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.behavior.ScriptLiterals;
import lazaret.vetting.inspect.literal.Base64Literal;
import lazaret.vetting.inspect.literal.HostLiteral;
import lazaret.vetting.inspect.literal.TextProfile;
import lazaret.vetting.inspect.particular.SourceParticulars;
import lazaret.vetting.inspect.reach.ValueLinks;
import lazaret.vetting.inspect.source.LiteralDecoder.Decoded;

/// The scan of a file that is compiled in as data. The file is read as a whole, and line by line
/// because it may be a table of texts. Used once.
final class DataScan {
  /// The number of bytes of a file that are read.
  private static final int MAX = 1 << 20;

  private static final int MAX_LINES = 1 << 14;
  private static final int MIN_LINE = 8;

  /// The size in bytes up to which a file may be a table for the code rather than a text for
  /// people.
  private static final int MAX_TABLE = 1 << 16;

  /// The capabilities that a table for code may name, and that are rare in texts for people.
  private static final Set<Capability> IN_TABLES =
      EnumSet.of(
          Capability.CREDENTIAL_PATH,
          Capability.SECRET_NAME,
          Capability.PERSISTENCE,
          Capability.DROP_HOST,
          Capability.KEY_PATTERN);

  /// The capabilities that a line of a table may name as a whole.
  private static final Set<Capability> NAMED = EnumSet.of(Capability.SHELL, Capability.DOWNLOADER);

  private final ScanRules rules;
  private final byte[] bytes;
  private final boolean whole;
  private final SourceFacts.Collector found;

  /// @param budget the budget for occurrences after the first few
  DataScan(ScanRules rules, byte[] bytes, int length, OccurrenceBudget budget) {
    this.rules = rules;
    this.found = new SourceFacts.Collector(budget);
    this.bytes = Arrays.copyOf(bytes, Math.min(length, MAX));
    this.whole = length <= MAX;
  }

  SourceFacts facts() {
    decoded(bytes, 1);
    if (isText()) {
      lines();
    }
    return new SourceFacts(
        found.shown(),
        SourceFacts.Shown.NOTHING,
        SourceFacts.Shown.NOTHING,
        List.of(),
        digest(),
        whole,
        Map.of(),
        MacroUse.NONE,
        SourceParticulars.NONE,
        ValueLinks.NONE);
  }

  /// Returns the digest of the content, because data in a build script is part of its behavior.
  private Sha256 digest() {
    return Sha256.of(Bytes.of(bytes));
  }

  private boolean isText() {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /// Scans the lines. Lines of base64 are also decoded together.
  private void lines() {
    var joined = new ByteArrayOutputStream();
    int number = 1;
    int begun = 1;
    for (int from = 0; from < bytes.length && number <= MAX_LINES; number++) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      byte[] line = stripped(from, to);
      line(line, number);
      boolean part = line.length >= MIN_LINE && Base64Literal.decode(line) != null;
      if (part) {
        begun = joined.size() == 0 ? number : begun;
        joined.writeBytes(line);
      }
      if (!part || to == bytes.length) {
        joined(joined, begun);
      }
      from = to + 1;
    }
    joined(joined, begun);
  }

  private void joined(ByteArrayOutputStream joined, int number) {
    decoded(joined.toByteArray(), number);
    joined.reset();
  }

  private byte[] stripped(int from, int to) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    return Arrays.copyOfRange(bytes, from, end);
  }

  private void line(byte[] line, int number) {
    boolean table = bytes.length <= MAX_TABLE;
    if (table) {
      rules.clues().whole(line).stream()
          .filter(NAMED::contains)
          .forEach(what -> hit(what, number, new String(line, StandardCharsets.UTF_8)));
    }
    if (line.length < MIN_LINE) {
      return;
    }
    decoded(line, number);
    String text = table ? new String(line, StandardCharsets.UTF_8) : "";
    if (table && ScriptLiterals.is(text)) {
      hit(Capability.SCRIPT_TEXT, number, text);
    }
    if (table && HostLiteral.in(line)) {
      hit(Capability.FIXED_HOST, number, new String(line, StandardCharsets.UTF_8));
    }
    if (table) {
      rules
          .clues()
          .within(
              line,
              (what, _, _, _) -> {
                if (IN_TABLES.contains(what)) {
                  hit(what, number, new String(line, StandardCharsets.UTF_8));
                }
              });
    }
  }

  private void decoded(byte[] text, int number) {
    rules.decoding().of(text, TextProfile.at(text)).ifPresent(decoded -> hidden(decoded, number));
  }

  private void hidden(Decoded decoded, int number) {
    String says = decoded.how() + ": '" + decoded.text() + "'";
    hit(Capability.HIDDEN_TEXT, number, says);
    rules
        .clues()
        .within(
            decoded.text().getBytes(StandardCharsets.UTF_8),
            (what, _, _, _) -> hit(what, number, says));
  }

  private void hit(Capability what, int number, String says) {
    if (found.count(what)) {
      found.keep(new CapabilityUse(what, number, says));
    }
  }
}
