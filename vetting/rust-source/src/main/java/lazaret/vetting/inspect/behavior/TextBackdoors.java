package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.WordSet;

/// Constants in texts and tables that redirect messages, payments or pages of others.
///
/// They are a copy of each message, a script in each page, or a table of addresses from which the
/// most similar one is taken.
final class TextBackdoors {
  private static final Pattern COPY =
      Pattern.compile("(?i)(?:^|[\\r\\n])bcc: *[^{}\\s@]+@[^{}\\s@]+\\.[a-z]");
  private static final Pattern MAILBOX =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z0-9.-]+");
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?i)<script[^>{]{0,80}\\bsrc=\\\\?[\"']?(?:https?:)?//([a-z0-9.-]+\\.[a-z]{2,})");
  private static final Pattern USUAL =
      Pattern.compile(
          "(?i)(?:.*\\.)?(?:jsdelivr\\.net|unpkg\\.com|cdnjs\\.cloudflare\\.com|cloudflare\\.com|googleapis\\.com"
              + "|gstatic\\.com|google\\.com|googletagmanager\\.com|bootstrapcdn\\.com|jquery\\.com|esm\\.sh|skypack\\.dev"
              + "|redoc\\.ly|tailwindcss\\.com|stripe\\.com|paypal\\.com|hcaptcha\\.com|plausible\\.io|d3js\\.org"
              + "|mathjax\\.org|fontawesome\\.com|aspnetcdn\\.com|fastly\\.net|github\\.io|githubusercontent\\.com"
              + "|example\\.(?:com|org|net)|localhost)");
  private static final Pattern SIMILAR =
      Pattern.compile("(?i).*(?:distance|levenshtein|similar|hamming|closest|nearest).*");
  private static final int LEAST_TABLE = 3;

  /// A lower bound for the length of an address of [ConstantRules#ADDRESS], in characters.
  private static final int LEAST_ADDRESS = 26;

  private static final WordSet BCC = WordSet.of("bcc");

  private final SourceTokens code;
  private final Receiver receiver;

  TextBackdoors(SourceTokens code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
  }

  /// @param tests the tokens that do not count
  void find(BitSet tests) {
    int addresses = 0;
    int first = -1;
    int[] copies = code.at(BCC);
    int[] places = code.strings();
    if (copies.length > 0) {
      places = IntStream.concat(Arrays.stream(places), Arrays.stream(copies)).sorted().toArray();
    }
    for (int i : places) {
      if (tests.get(i)) {
        continue;
      }
      if (code.string(i)) {
        String text = code.literal(i);
        boolean word = text.length() >= LEAST_ADDRESS && text.indexOf(' ') < 0;
        if (word && ConstantRules.ADDRESS.matcher(text).matches()) {
          first = first < 0 ? i : first;
          addresses++;
        }
        text(i, text);
      } else if (code.is(i, "bcc") && code.is(i + 1, '(') && code.is(i - 1, '.')) {
        copied(i);
      }
    }
    if (addresses >= LEAST_TABLE
        && Arrays.stream(code.at(word -> SIMILAR.matcher(word).matches()))
            .anyMatch(i -> !tests.get(i))) {
      receiver.found(
          Behavior.FIXED_RECIPIENT, first, DivertedPayment.NOTE + "a table of addresses");
    }
  }

  private void text(int at, String text) {
    if (text.indexOf('@') >= 0 && COPY.matcher(text).find()) {
      receiver.found(Behavior.FIXED_RECIPIENT, at, "");
    }
    if (text.indexOf('<') >= 0) {
      Matcher script = SCRIPT.matcher(text);
      if (script.find() && !USUAL.matcher(script.group(1)).matches()) {
        receiver.found(Behavior.EMITTED_CODE, at, "");
      }
    }
  }

  /// Reads `message.bcc("name@host".parse()?)`.
  private void copied(int at) {
    for (int i = at + 2; i < code.close(at + 1); i++) {
      boolean constant =
          code.word(i).length() > 2 && code.word(i).equals(code.word(i).toUpperCase(Locale.ROOT));
      if (constant || (code.string(i) && MAILBOX.matcher(code.literal(i)).find())) {
        receiver.found(Behavior.FIXED_RECIPIENT, at, "");
        return;
      }
    }
  }
}
