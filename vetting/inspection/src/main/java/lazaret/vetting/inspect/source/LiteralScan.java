package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import lazaret.vetting.Excerpt;
import lazaret.vetting.inspect.literal.Base64Literal;
import lazaret.vetting.inspect.literal.ByteRun;
import lazaret.vetting.inspect.literal.HostLiteral;
import lazaret.vetting.inspect.literal.SplitLiterals;
import lazaret.vetting.inspect.literal.TextProfile;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.rust.WordTable;
import org.jspecify.annotations.Nullable;

/// The search in the literals of one source: each alone, and those that may be pieces of one text.
/// Not thread-safe.
final class LiteralScan {
  /// The number of bytes from which an array or string of bytes is long.
  private static final int LONG = 256;

  private static final int MIN_RUN = 8;
  private static final int MAX_CONSTANTS = 16_384;
  private static final int MAX_NOTE = 2 * Excerpt.LENGTH;

  /// The number of bytes of constants that replace their names. Without it, ten thousand names of
  /// one long text would need gigabytes.
  private static final int MAX_PUT_IN = 4 << 20;

  private static final int MAX_CONSTANT = 512;

  /// The maximum number of tokens between the name of a constant and its text.
  private static final int MAX_TYPE = 9;

  private final ScanRules rules;
  private final RustTokens tokens;
  private final BiConsumer<Capability, Integer> hits;
  private final LiteralConsumer noted;
  private final SplitLiterals pieces = new SplitLiterals(this::joined);
  private final ByteRun run = new ByteRun();
  private final Map<String, byte[]> constants = new HashMap<>();
  private final NameFilter constantNames = new NameFilter();
  private final TestCfgScan testSwitch;
  private int putIn;
  private boolean dropped;

  /// A receiver of the findings.
  @FunctionalInterface
  interface LiteralConsumer {
    /// Receives a capability, its token, and a description.
    void hit(Capability what, int token, String note);
  }

  LiteralScan(
      ScanRules rules,
      RustTokens tokens,
      BiConsumer<Capability, Integer> hits,
      LiteralConsumer noted) {
    this.testSwitch = new TestCfgScan();
    this.rules = rules;
    this.tokens = tokens;
    this.hits = hits;
    this.noted = noted;
  }

  /// Reads the constants of the source, before their uses.
  void readConstants() {
    for (int i = 2; i < tokens.size() && !dropped; i++) {
      if (tokens.is(i, ';')
          && tokens.is(i - 2, '=')
          && tokens.kind(i - 1).string()
          && tokens.end(i - 1) - tokens.start(i - 1) <= MAX_CONSTANT) {
        constant(i - 2);
      }
    }
  }

  /// Finds the name before `= "text";`.
  private void constant(int equals) {
    for (int name = equals - 1; name > 0 && name >= equals - MAX_TYPE; name--) {
      if (tokens.is(name, ';') || tokens.is(name, '=')) {
        return;
      }
      int before = tokens.word(name - 1);
      if (declares(before == Vocabulary.MUT ? tokens.word(name - 2) : before)
          && tokens.is(name, TokenKind.IDENTIFIER)
          && tokens.word(name) != Vocabulary.MUT) {
        dropped |= constants.size() == MAX_CONSTANTS;
        constants.put(tokens.text(name), tokens.value(equals + 1));
        constantNames.add(tokens.source(), tokens.start(name), tokens.end(name));
      }
    }
  }

  private static boolean declares(int word) {
    return word == Vocabulary.CONST || word == Vocabulary.STATIC || word == Vocabulary.LET;
  }

  /// Reads an identifier.
  void word(int at) {
    run.stop();
    int word = tokens.word(at);
    if (word == WordTable.UNKNOWN && constantNames.mayBe(tokens, at) && isElement(at)) {
      byte[] value = constants.get(tokens.text(at));
      dropped |= value != null && putIn >= MAX_PUT_IN;
      if (value != null && putIn < MAX_PUT_IN) {
        putIn += value.length;
        pieces.add(value, at);
        return;
      }
    }
    if (!pieces.parted() && !Vocabulary.glue(word) && !named(at)) {
      pieces.part();
    }
  }

  /// Returns whether an identifier is an operand or element by itself.
  private boolean isElement(int at) {
    char before = tokens.punctuation(at - 1);
    char after = tokens.punctuation(at + 1);
    return (before == '[' || before == ',' || before == '(' || before == '+' || before == '&')
        && (after == ']' || after == ',' || after == ')' || after == '+' || after == '.');
  }

  /// Returns whether an identifier is the text to which pieces are added, or the name of a piece.
  private boolean named(int at) {
    int before = tokens.word(at - 1);
    if (before == Vocabulary.CONST
        || before == Vocabulary.STATIC
        || before == Vocabulary.LET
        || before == Vocabulary.MUT) {
      return true;
    }
    if (tokens.is(at + 1, '+') && tokens.is(at + 2, '=')) {
      return true;
    }
    int method = tokens.word(at + 2);
    return tokens.is(at + 1, '.')
        && (method == Vocabulary.PUSH_STR
            || method == Vocabulary.PUSH
            || method == Vocabulary.EXTEND
            || method == Vocabulary.EXTEND_FROM_SLICE);
  }

  /// Reads punctuation.
  void punctuation(int at) {
    switch (tokens.punctuation(at)) {
      case '[' -> run.begin();
      case ']' -> array(at);
      case ',' -> {}
      case '+', '&', '(', ')', ';', '.', '=', '!', ':' -> run.stop();
      default -> {
        run.stop();
        pieces.part();
      }
    }
  }

  private void array(int at) {
    int count = run.end();
    if (count > 0 && count < MIN_RUN) {
      testSwitch.text(run.bytes(), run.first());
    }
    boolean address =
        count == 4 && tokens.is(at - 8, '[') && tokens.is(at - 9, '(') && tokens.is(at + 1, ',');
    if (address && run.bytes()[0] != 0) {
      hits.accept(Capability.IP_ADDRESS, run.first());
    }
    if (count >= MIN_RUN) {
      byte[] bytes = run.bytes();
      TextProfile look = TextProfile.at(bytes);
      decoded(LiteralDecoder.program(bytes).orElse(null), run.first());
      decoded(rules.decoding().of(bytes, look).orElse(null), run.first());
      boolean text = look.isText() && look.isAscii();
      if (!text && count >= LONG) {
        hits.accept(Capability.BYTE_ARRAY, run.first());
      } else if (text) {
        rules
            .clues()
            .telling(bytes)
            .ifPresent(says -> hidden("an array of bytes", says, run.first()));
      }
    }
  }

  /// Reads a number.
  void number(int at) {
    boolean element = tokens.is(at - 1, '[') || tokens.is(at - 1, ',');
    if (element) {
      run.add(ByteRun.value(tokens.source(), tokens.start(at), tokens.end(at)), at);
    } else {
      run.stop();
      pieces.part();
    }
  }

  /// Reads a character or byte.
  void character(int at) {
    byte[] value = tokens.value(at);
    if (value.length == 1) {
      run.add(value[0] & 0xFF, at);
    }
    pieces.add(value, at);
  }

  /// Reads a string.
  void string(int at) {
    run.stop();
    if (tokens.is(at - 1, '=') && Vocabulary.prose(tokens.word(at - 2))) {
      pieces.part();
      return;
    }
    byte[] value = tokens.value(at);
    testSwitch.text(value, at);
    TextProfile look = TextProfile.at(value);
    rules.clues().within(value, look, (what, _, _, _) -> hits.accept(what, at));
    rules.clues().whole(value).forEach(what -> hits.accept(what, at));
    decoded(LiteralDecoder.program(value).orElse(null), at);
    decoded(rules.decoding().of(value, look).orElse(null), at);
    if (value.length >= LONG && (!look.isText() || isBase64(value, look))) {
      hits.accept(Capability.BYTE_ARRAY, at);
    }
    if (look.maybePath() && climbs(value)) {
      hits.accept(Capability.PARENT_WALK, at);
    }
    if (look.maybeHost() && HostLiteral.in(value)) {
      hits.accept(Capability.FIXED_HOST, at);
    }
    pieces.add(value, at);
  }

  private static boolean isBase64(byte[] value, TextProfile look) {
    return look.maybeBase64() && Base64Literal.decode(value) != null;
  }

  private static boolean climbs(byte[] value) {
    return value.length < 64 && new String(value, StandardCharsets.UTF_8).contains("../..");
  }

  private void decoded(LiteralDecoder.@Nullable Decoded decoded, int token) {
    if (decoded != null) {
      hidden(decoded.how(), decoded.text(), token);
    }
  }

  private void hidden(String how, String text, int token) {
    // Made once: a long text can contain thousands of clues.
    String note = how + ": '" + text.substring(0, Math.min(text.length(), MAX_NOTE)) + "'";
    noted.hit(Capability.HIDDEN_TEXT, token, note);
    testSwitch.text(text.getBytes(StandardCharsets.UTF_8), token);
    rules
        .clues()
        .within(
            text.getBytes(StandardCharsets.UTF_8), (what, _, _, _) -> noted.hit(what, token, note));
  }

  /// Searches pieces together: a clue in more than one of them was split.
  private void joined(SplitLiterals together) {
    byte[] bytes = together.bytes();
    testSwitch.pieces(together);
    TextProfile look = TextProfile.at(bytes);
    rules
        .clues()
        .within(
            bytes,
            look,
            (what, text, start, end) -> {
              if (together.spans(start, end)
                  && SuspiciousLiterals.tellsWhenHidden(what, bytes, end)) {
                String around = around(bytes, start);
                noted.hit(Capability.HIDDEN_TEXT, together.first(), "in pieces: '" + around + "'");
                noted.hit(what, together.first(), "in pieces: '" + around + "'");
              }
            });
    if (look.maybeHost() && !spaced(bytes) && HostLiteral.in(bytes)) {
      noted.hit(Capability.FIXED_HOST, together.first(), "in pieces");
    }
    decoded(rules.decoding().of(bytes, look).orElse(null), together.first());
  }

  /// Returns whether pieces are words of a sentence.
  private static boolean spaced(byte[] bytes) {
    for (byte b : bytes) {
      if (b == ' ') {
        return true;
      }
    }
    return false;
  }

  private static String around(byte[] bytes, int start) {
    int from = Math.max(0, start);
    int length = Math.min(bytes.length - from, 80);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  /// Returns whether a constant was dropped because of a limit.
  boolean dropped() {
    return dropped;
  }

  /// Returns the literals about `cfg(test)`.
  TestCfgScan testSwitch() {
    return testSwitch;
  }

  /// Searches the remaining pieces.
  void finish() {
    pieces.flush();
  }
}
