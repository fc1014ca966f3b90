package lazaret.vetting.inspect.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A check for dependencies under the name of a well-known crate that are another crate with a
/// similar name.
public final class RenamedDependency {
  /// Names of crates on which half of all crates depend.
  private static final Set<String> KNOWN =
      Set.of(
          ("serde serde_json serde_derive serde_yaml serde_with toml rand rand_core rand_chacha libc log tokio"
                  + " tokio_util tokio_stream futures futures_util futures_core syn quote proc_macro2"
                  + " lazy_static once_cell regex clap anyhow thiserror bytes url reqwest hyper http"
                  + " http_body tower axum actix_web rocket warp tonic prost tracing tracing_subscriber"
                  + " chrono time uuid base64 hex sha2 sha1 md5 digest aes cipher hmac rsa ring rustls"
                  + " native_tls openssl openssl_sys bitflags cfg_if memchr itertools rayon crossbeam"
                  + " crossbeam_channel parking_lot dashmap hashbrown indexmap smallvec arrayvec ahash"
                  + " num_traits num_bigint either semver tempfile walkdir dirs env_logger colored"
                  + " console indicatif dialoguer crossterm termcolor async_trait async_std mio socket2"
                  + " nix winapi windows_sys getrandom zeroize subtle ed25519_dalek curve25519_dalek"
                  + " x25519_dalek k256 p256 secp256k1 bip39 bip32 bitcoin bs58 ethers web3 alloy"
                  + " solana_sdk solana_client anchor_lang borsh flate2 zip tar bzip2 zstd lz4 image"
                  + " sqlx diesel rusqlite redis mongodb postgres tokio_postgres sea_orm dotenv dotenvy"
                  + " ureq minreq isahc surf tungstenite tokio_tungstenite rust_decimal bigdecimal nom"
                  + " pest logos criterion proptest quickcheck mockall strum strum_macros derive_more"
                  + " bincode ciborium rmp_serde csv quick_xml roxmltree scraper html5ever notify"
                  + " crossbeam_utils crossbeam_epoch byteorder static_assertions unicode_segmentation"
                  + " unicode_width jsonwebtoken argon2 bcrypt blake2 blake3 chacha20poly1305 aes_gcm")
              .split(" ", -1));

  /// Successors that manifests call by the name of the replaced crate.
  private static final Set<String> SUCCESSORS =
      Set.of("dotenvy", "serde_yml", "sha_1", "md_5", "blake2b", "memmap2");

  private static final List<String> WORDS =
      List.of(
          "rs",
          "rust",
          "lib",
          "crate",
          "s",
          "es",
          "js",
          "dev",
          "api",
          "std",
          "official",
          "plus",
          "pro");

  private RenamedDependency() {}

  /// Finds a dependency under the name of another crate.
  ///
  /// @param packages the package for each name in the manifest, both in the form of identifiers
  public static Optional<String> find(Map<String, String> packages) {
    return packages.entrySet().stream()
        .filter(each -> KNOWN.contains(each.getKey().toLowerCase(Locale.ROOT)))
        .filter(
            each ->
                near(
                    each.getKey().toLowerCase(Locale.ROOT),
                    each.getValue().toLowerCase(Locale.ROOT)))
        .map(each -> "'%s' stands for '%s'".formatted(each.getKey(), each.getValue()))
        .sorted()
        .findFirst();
  }

  /// Returns whether a name is a variant of another one and easily mistaken for it.
  private static boolean near(String known, String other) {
    if (known.equals(other) || SUCCESSORS.contains(other) || KNOWN.contains(other)) {
      return false;
    }
    String bare = known.replace("_", "");
    String taken = other.replace("_", "");
    if (bare.equals(taken)) {
      return true;
    }
    for (String word : WORDS) {
      boolean added = taken.equals(bare + word) || taken.equals(word + bare);
      if (added || (bare.length() > word.length() + 3 && bare.equals(taken + word))) {
        return true;
      }
    }
    return swapped(known, other) || (bare.length() > 3 && oneSlip(bare, taken));
  }

  private static boolean swapped(String known, String other) {
    int first = known.indexOf('_');
    return first > 0 && other.equals(known.substring(first + 1) + "_" + known.substring(0, first));
  }

  /// Returns whether one letter was added, omitted, replaced or exchanged with its neighbor. A
  /// different digit is a version.
  private static boolean oneSlip(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int start = 0;
    while (start < shorter && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int tail = 0;
    while (tail < shorter - start
        && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
      tail++;
    }
    String restA = a.substring(start, a.length() - tail);
    String restB = b.substring(start, b.length() - tail);
    boolean exchanged =
        restA.length() == 2
            && restB.length() == 2
            && restA.charAt(0) == restB.charAt(1)
            && restA.charAt(1) == restB.charAt(0);
    boolean version = (restA + restB).chars().anyMatch(Character::isDigit);
    return exchanged || (!version && restA.length() <= 1 && restB.length() <= 1);
  }
}
