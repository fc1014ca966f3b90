package lazaret.vetting.inspect.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import lazaret.vetting.inspect.rust.RustTokens;

/// A collector of the random numbers and keys on which the sources of one crate rely. Bounded, not
/// thread-safe.
public final class CrateTrust {
  /// Words on the pages of crates that work with secrets.
  private static final List<String> SECRETS =
      List.of(
          "key",
          "secret",
          "share",
          "shamir",
          "token",
          "nonce",
          "sign",
          "random",
          "password",
          "passphrase",
          "crypt",
          "wallet",
          "seed",
          "session",
          "salt",
          "mnemonic",
          "auth",
          "cookie",
          "credential",
          "spend",
          "vault",
          "otp");

  private static final int MAX_SEEDS = 8;

  private final List<TrustFinding> seeds = new ArrayList<>();
  private Predicate<String> page = _ -> true;
  private final RandomRoutines routines = new RandomRoutines();
  private final FixedKeys keys = new FixedKeys();

  /// Sets the words on the page of the crate.
  ///
  /// @param words returns whether a word is, or may be, on the page
  public void about(Predicate<String> words) {
    page = words;
  }

  private boolean secrets() {
    return SECRETS.stream().anyMatch(page);
  }

  /// Adds a source.
  ///
  /// @param tokens the tokens of the source, borrowed during the call
  /// @param test returns whether a position is in a test
  public void add(String path, RustTokens tokens, IntPredicate test) {
    if (secrets()) {
      routines.add(path, tokens, test);
      keys.add(path, tokens, test);
    }
  }

  /// Adds a source in another language.
  ///
  /// @param bytes an array that begins with the source, borrowed during the call
  public void carried(String path, byte[] bytes, int length) {
    int line = seeds.size() < MAX_SEEDS && secrets() ? NativeSeeds.find(bytes, length) : 0;
    if (line > 0) {
      seeds.add(new TrustFinding(path, line, "random numbers of the clock or the process"));
    }
  }

  /// Returns the findings.
  public List<TrustFinding> find() {
    if (!secrets()) {
      return List.of();
    }
    List<TrustFinding> found = new ArrayList<>(new RandomSources(routines.all()).find(page));
    found.addAll(keys.find());
    if (page.test("random") || page.test("key") || page.test("token") || page.test("nonce")) {
      found.addAll(seeds);
    }
    return found;
  }
}
