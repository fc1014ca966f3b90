package lazaret.vetting.inspect.trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A search for weak random numbers in functions.
///
/// It finds functions that must draw random numbers without reaching a source of them, and nonces
/// of signatures that are made without the secret.
final class RandomSources {
  private static final Pattern DRAWS =
      Pattern.compile(
          "\\w*(?:Rng|SystemRandom|SecureRandom)\\w*|[a-z_0-9]*(?:rand|rng|entropy|nanoid|keygen|uuid)[a-z_0-9]*|new_v[47]|unsafe|generate_pkcs8"
              + "|[gG]en\\w*|create_key\\w*|Uuid|Ulid|dealer|sharks|blahaj|vsss_rs");
  private static final Pattern LOCAL_DRAWS =
      Pattern.compile(
          "\\w*(?:Rng|SystemRandom|SecureRandom)\\w*|[a-z_0-9]*(?:urandom|getrandom|thread_rng|getentropy|rng)[a-z_0-9]*|unsafe");
  private static final Pattern SPLITS =
      Pattern.compile(
          "split|split_(?:secret|bytes|key|seed|with\\w*|into\\w*)|deal|deal_\\w+|share_secret"
              + "|(?:make|create|generate|gen)_shares");
  private static final Pattern MAKES =
      Pattern.compile(
          "(?:generate|gen|new|fresh|random|make|create|issue|mint|draw)_(?:\\w+_)?(?:secret|keypair|token|nonce|salt|iv"
              + "|password|passphrase|(?:session|private|secret|api|master|signing)_(?:id|key)|mnemonic|seed|otp|csrf)"
              + "|(?:generate|gen|random|fresh)_(?:keys?|challenge|verifier)"
              + "|random_(?:bytes|key|token|id|nonce|salt)|keygen|generate_(?:password|passphrase)\\w*");
  private static final Pattern BRINGS =
      Pattern.compile("(?i)\\w*(?:rng|rand|entropy|coeff|poly|seed|source|fn|nonce|closure)\\w*|F");
  private static final Pattern GIVEN =
      Pattern.compile(
          "(?i)\\w*(?:rng|rand|entropy|seed|source|nonce|secret|key|pass|phrase|salt|bytes|hash|data|input|raw|text|str|label|count|index|id|self|conf|opt|param|claim|value|name|time|now)\\w*|Fn\\w*|F");

  /// Words of code that computes a value, rather than asking another crate for it.
  private static final Pattern COMPUTES =
      Pattern.compile(
          "(?i)\\w*(?:hash|digest|sha\\d|md5|blake|crc)\\w*|wrapping_\\w+|rotate_\\w+|finalize|to_[lbn]e_bytes|fetch_add"
              + "|as_nanos|as_secs|as_micros|subsec_\\w+|SystemTime");

  private static final Pattern SIGNS =
      Pattern.compile("(?:\\w+_)?sign(?:_(?!al|ed)\\w+)?|sign_\\w+");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)\\w*(?:secret|priv|seed|prefix|entropy|expanded|scalar_key|keypair|signing)\\w*|sk|x|d|key|\\.[0-9]+|nonce_?key|aux\\w*");
  private static final Pattern SEALS = Pattern.compile("(?:encrypt|seal)(?:_\\w+)?");
  private static final Pattern COUNTED =
      Pattern.compile(
          "(?i)\\w*(?:nonce|count|seq|index|number|block|chunk|offset|rng|rand|salt)\\w*|iv|id|F|Fn\\w*");
  private static final Pattern COUNTS =
      Pattern.compile(
          "(?i)\\w*(?:secret|key|nonce_\\w+|count|seq|index|number|block|chunk|sector|offset|plain|message|msg|payload|data|self|header|aad|siv|salt|id)\\w*|iv|\\.[0-9]+");
  private static final Pattern DIGESTS =
      Pattern.compile(
          "(?i)\\w*(?:hash|digest|sha\\d|hmac|hkdf|derive|scalar|blake|expand|kdf|finalize|keccak)\\w*");
  private static final int LEAST_BODY = 12;
  private static final int DEPTH = 4;

  private final Map<String, List<RandomRoutine>> known = new HashMap<>();
  private final List<RandomRoutine> all;

  RandomSources(List<RandomRoutine> all) {
    this.all = all;
    all.forEach(each -> known.computeIfAbsent(each.name(), _ -> new ArrayList<>()).add(each));
  }

  /// Returns the findings.
  ///
  /// @param page returns whether a word is on the page of the crate
  List<TrustFinding> find(Predicate<String> page) {
    List<TrustFinding> found = new ArrayList<>();
    boolean shares =
        (page.test("secret") && page.test("share")) || page.test("shamir") || page.test("sharing");
    for (RandomRoutine each : all) {
      boolean splits =
          shares
              && SPLITS.matcher(each.name()).matches()
              && each.given().contains("u8")
              && !gives(each, BRINGS);
      boolean makes =
          MAKES.matcher(each.name()).matches()
              && !gives(each, GIVEN)
              && each.words().stream().anyMatch(word -> COMPUTES.matcher(word).matches());
      if ((splits || makes) && each.body() >= LEAST_BODY && !draws(each, DEPTH, new HashSet<>())) {
        found.add(
            new TrustFinding(
                each.path(),
                each.line(),
                "%s reaches no source of random numbers".formatted(each.name())));
      }
      if (SIGNS.matcher(each.name()).matches()) {
        nonces(each, SECRET, found);
      } else if (SEALS.matcher(each.name()).matches() && !gives(each, COUNTED)) {
        nonces(each, COUNTS, found);
      }
    }
    return found;
  }

  private static boolean gives(RandomRoutine each, Pattern wanted) {
    return each.given().stream().anyMatch(word -> wanted.matcher(word).matches());
  }

  private boolean draws(RandomRoutine each, int depth, Set<RandomRoutine> seen) {
    if (!seen.add(each)) {
      return false;
    }
    for (String word : each.words()) {
      List<RandomRoutine> own = known.getOrDefault(word, List.of());
      if (LOCAL_DRAWS.matcher(word).matches()
          || (own.isEmpty() && DRAWS.matcher(word).matches())
          || (depth > 0 && own.stream().anyMatch(next -> draws(next, depth - 1, seen)))
          || (depth == 0 && !own.isEmpty())) {
        return true;
      }
    }
    return false;
  }

  private void nonces(RandomRoutine each, Pattern enough, List<TrustFinding> found) {
    for (Set<String> made : each.nonces()) {
      Set<String> words = new HashSet<>(made);
      for (String word : made) {
        known.getOrDefault(word, List.of()).forEach(next -> words.addAll(next.words()));
      }
      boolean digests = words.stream().anyMatch(word -> DIGESTS.matcher(word).matches());
      boolean secret =
          words.stream()
              .anyMatch(word -> enough.matcher(word).matches() || DRAWS.matcher(word).matches());
      if (digests && !secret) {
        found.add(
            new TrustFinding(
                each.path(),
                each.line(),
                "a nonce of %s without the secret or random numbers".formatted(each.name())));
      }
    }
  }
}
