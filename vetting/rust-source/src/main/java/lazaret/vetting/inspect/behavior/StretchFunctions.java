package lazaret.vetting.inspect.behavior;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Signature;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import org.jspecify.annotations.Nullable;

/// The functions that stretch numbers to keys, by their names. Those of the source are searched at
/// the first use, since few sources make a key of random numbers. Not thread-safe.
final class StretchFunctions {
  private static final Pattern STRETCHES =
      Pattern.compile(
          "(?i)(?:\\w*(?:hash|digest|sha\\d*|blake3?|keccak\\w*|hkdf|hmac|expand|stretch|stir|derive|md5|compute|mix)\\w*"
              + "|update|seed_from_u64|from_seed|wrapping_mul|chain_update)");

  private final SourceTokens code;
  private final List<Signature> functions;
  private @Nullable Set<String> own;

  /// @param functions the functions of the source
  StretchFunctions(SourceTokens code, List<Signature> functions) {
    this.code = code;
    this.functions = functions;
  }

  /// Returns whether a function stretches its argument, by its name alone.
  static boolean names(String word) {
    return STRETCHES.matcher(word).matches();
  }

  /// Returns whether a function stretches its argument, by its name or by a call in its body.
  boolean calls(String word) {
    return names(word) || own().contains(word);
  }

  private Set<String> own() {
    Set<String> known = own;
    if (known == null) {
      known = new HashSet<>();
      for (Signature each : functions) {
        if (stretches(each.body())) {
          known.add(each.name());
        }
      }
      own = known;
    }
    return known;
  }

  private boolean stretches(Range body) {
    for (int i = body.from(); i < body.to(); i++) {
      if (code.is(i + 1, '(') && names(code.word(i))) {
        return true;
      }
    }
    return false;
  }
}
