package lazaret.vetting.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A check for manifests that claim a person or organization whose name resembles a well-known one.
///
/// The names differ by one typing error: the publishers of `proc-macro1` and `bit-flags` did so.
final class AuthorLookalike {
  private static final int MIN_LENGTH = 6;
  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_-]{4,38}");

  /// Logins that own many of the crates with the most dependents.
  private static final List<String> KNOWN =
      List.of(
          "dtolnay",
          "alexcrichton",
          "burntsushi",
          "carllerche",
          "seanmonstar",
          "rust-lang",
          "tokio-rs",
          "serde-rs",
          "rustcrypto",
          "hyperium",
          "clap-rs",
          "crossbeam-rs",
          "rayon-rs",
          "briansmith",
          "bytecodealliance",
          "steveklabnik",
          "nikomatsakis",
          "matklad",
          "mitsuhiko",
          "sfackler",
          "cuviper",
          "taiki-e",
          "dalek-cryptography",
          "paritytech",
          "solana-labs",
          "foundry-rs",
          "alloy-rs",
          "rust-bitcoin",
          "tauri-apps",
          "denoland",
          "diesel-rs",
          "launchbadge",
          "tower-rs",
          "rust-random",
          "rust-num",
          "rustls",
          "kbknapp",
          "marshallpierce",
          "amanieu",
          "bluss",
          "cloudflare",
          "microsoft",
          "mozilla",
          "awslabs");

  private AuthorLookalike() {}

  /// Finds a claim in a text of the manifest: an author, a repository or a homepage.
  ///
  /// @return the words `'dtolney' resembles 'dtolnay'`, or empty if there is none
  static Optional<String> find(String claim) {
    String folded = claim.toLowerCase(Locale.ROOT);
    if (KNOWN.stream().anyMatch(folded::contains)) {
      return Optional.empty(); // `Ada Tolnay <dtolnay@..>`: the name is that of the login.
    }
    var words = WORD.matcher(folded);
    for (int i = 0; i < 32 && words.find(); i++) {
      String word = words.group();
      for (String known : KNOWN) {
        boolean comparable = word.length() >= MIN_LENGTH && known.length() >= MIN_LENGTH;
        // Names of people often lack a letter of their login: the first letter must be the same.
        if (comparable && word.charAt(0) == known.charAt(0) && oneSlip(word, known)) {
          return Optional.of("'" + word + "' resembles '" + known + "'");
        }
      }
    }
    return Optional.empty();
  }

  /// Returns whether two words differ by one character that is added, missing, replaced or swapped
  /// with its neighbor (Damerau and Levenshtein, distance 1).
  static boolean oneSlip(String a, String b) {
    int start = 0;
    int shorter = Math.min(a.length(), b.length());
    while (start < shorter && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int tail = 0;
    while (tail < shorter - start
        && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
      tail++;
    }
    int restA = a.length() - start - tail;
    int restB = b.length() - start - tail;
    boolean swapped =
        restA == 2
            && restB == 2
            && a.charAt(start) == b.charAt(start + 1)
            && a.charAt(start + 1) == b.charAt(start);
    return swapped || (restA <= 1 && restB <= 1 && restA + restB > 0);
  }
}
