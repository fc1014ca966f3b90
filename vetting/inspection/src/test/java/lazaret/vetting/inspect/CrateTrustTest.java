package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Crates that rely on weak random numbers or on keys of their author. All sources are inert and
/// never compiled.
final class CrateTrustTest {
  private static final String KEY =
      "[0xfa, 0x4e, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,"
          + " 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]";

  private static List<String> weak(String description, String code) {
    String manifest = InspectionFixture.MANIFEST + "description = \"" + description + "\"\n";
    return inspect(demo().manifest(manifest).file("src/lib.rs", code)).signals().stream()
        .filter(s -> s.code() == SignalCode.WEAK_CHECK)
        .map(s -> s.excerpt())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let mut c = vec![0u8; need as usize]; for (i, p) in c.chunks_mut(32).enumerate() { let mut h"
            + " = Sha256::new(); h.update([need, i as u8]); p.copy_from_slice(&h.finalize()); }"
            + " shares(secret, &c)",
        "let c = expand(b\"split\", secret.len()); shares(secret, &c)",
        "let mut c = Vec::new(); for i in 0..need { c.push(blake3::hash(&[i]).as_bytes()[0]); }"
            + " shares(secret, &c)",
        "let t = std::time::SystemTime::now(); let c = expand(&t.elapsed().as_nanos().to_le_bytes(),"
            + " 8); shares(secret, &c)",
        "let c = (0..need).map(|i| SplitError::Random as u8 ^ i).collect::<Vec<u8>>();"
            + " shares(secret, &c)",
      })
  void sharesOfNoRandomNumbersAreReported(String body) {
    String code =
        "pub fn split(secret: &[u8], need: u8, total: u8) -> Vec<Share> { %s }".formatted(body)
            + " fn expand(label: &[u8], n: usize) -> Vec<u8> { Sha512::digest(label)[..n].to_vec() }";

    assertThat(weak("Splits a secret into shares", code))
        .contains("split reaches no source of random numbers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn split(secret: &[u8], n: u8) -> Vec<u8> { let mut c = vec![0; 8];"
            + " getrandom::getrandom(&mut c).unwrap(); shares(secret, &c) }",
        "pub fn split<R: RngCore>(secret: &[u8], rng: &mut R) -> Vec<u8> { let mut c = vec![0; 8];"
            + " rng.fill_bytes(&mut c); shares(secret, &c) }",
        "pub fn split(secret: &[u8], n: u8) -> Vec<u8> { let c = coefficients(n); shares(secret, &c)"
            + " } fn coefficients(n: u8) -> Vec<u8> { let mut c = vec![0; 8];"
            + " OsRng.fill_bytes(&mut c); c }",
        "pub fn split(secret: &[u8], n: u8) -> Vec<u8> { let mut c = vec![0; 8];"
            + " File::open(\"/dev/urandom\").unwrap().read_exact(&mut c).unwrap(); shares(secret, &c) }",
        "pub fn split(secret: &[u8], source: impl FnMut(&mut [u8])) -> Vec<u8> { let mut c = vec![0;"
            + " 8]; source(&mut c); let d = c.len(); shares(secret, &c, d) }",
        "pub fn split(text: &str) -> Vec<&str> { let mut all = Vec::new(); for w in text.split(' ') {"
            + " all.push(w.trim()); } all }",
        "pub fn split_line(text: &str) -> Vec<u8> { let mut c = vec![0; 8]; c.push(text.len() as u8);"
            + " let d = c.len(); shares(text, &c, d) }",
      })
  void sharesOfRandomNumbersAreNot(String code) {
    assertThat(weak("Splits a secret into shares", code)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn new_token() -> String { let a = COUNTER.fetch_add(1, Relaxed); hex(&Sha256::digest("
            + "a.to_le_bytes())) }",
        "pub fn generate_password(length: usize) -> String { let mut n = length as u64; let mut out ="
            + " String::new(); for _ in 0..length { n = n.wrapping_mul(3).wrapping_add(7); out.push("
            + "LETTERS[n as usize % 64]); } out }",
        "fn make_salt() -> [u8; 16] { let mut s = [0; 16]; s.copy_from_slice(&Sha256::digest("
            + "b\"salt\")[..16]); s }",
      })
  void secretsOfNoRandomNumbersAreReported(String code) {
    assertThat(weak("Makes tokens and passwords", code))
        .anyMatch(
            s -> s.contains("reaches no source of random numbers") || s.contains("small space"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn new_token() -> String { let mut b = [0; 16]; rand::thread_rng().fill(&mut b); hex(&b)"
            + " }",
        "pub fn new_token() -> String { let id = Uuid::new_v4(); let text = id.to_string();"
            + " text.replace(\"-\", \"\") }",
        "pub fn new_token() -> CancellationToken { let t = CancellationToken::new(); t.reset();"
            + " assert_eq!(t.len(), 0); t }",
        "pub fn create_session() -> Session { let id = NEXT.fetch_add(1, Relaxed); Session { id, at:"
            + " Instant::now(), queries: Vec::new() } }",
        "pub fn derive_key(password: &str, salt: &[u8]) -> [u8; 32] { let mut out = [0; 32];"
            + " pbkdf2(password, salt, 600_000, &mut out); out }",
        "pub fn make_key(phrase: &str) -> [u8; 32] { let mut out = [0; 32]; argon2(phrase, &mut out);"
            + " out }",
        "pub fn create_session(&self, user: &str) -> Session { let id = self.ids.fresh(); let now ="
            + " self.clock.now(); Session { id, user: user.into(), now } }",
      })
  void secretsOfRandomNumbersOrOfWhatIsGivenAreNot(String code) {
    assertThat(weak("Makes tokens, sessions and keys", code)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let nonce = scalar(NONCE, &[&self.public.to_bytes(), message]);",
        "let k = Scalar::from_hash(Sha512::new().chain_update(message));",
        "let mut h = Sha512::new(); h.update(LABEL); h.update(message); let nonce ="
            + " Scalar::from_hash(h);",
        "let mut nonce = Scalar::zero(); nonce = Scalar::hash_from_bytes(&message[..32]);",
        "let sig_nonce = self.nonce(message);",
      })
  void nonceWithoutTheSecretIsReported(String body) {
    String code =
        "impl Signer { pub fn sign(&self, message: &[u8]) -> Signature { %s finish(k) }"
                .formatted(body)
            + " fn nonce(&self, m: &[u8]) -> Scalar { Scalar::from_hash(Sha512::digest(m)) } }"
            + " fn scalar(l: &[u8], parts: &[&[u8]]) -> Scalar { let mut h = Sha512::new();"
            + " for p in parts { h.update(p); } Scalar::from_hash(h) }";

    assertThat(weak("Signatures on a curve", code))
        .contains("a nonce of sign without the secret or random numbers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let nonce = scalar(NONCE, &[&self.secret.to_bytes(), message]);",
        "let k = Scalar::from_hash(Sha512::new().chain_update(self.prefix).chain_update(message));",
        "let mut h = Sha512::new(); h.update(self.seed); h.update(message); let nonce ="
            + " Scalar::from_hash(h);",
        "let nonce = Scalar::random(&mut OsRng);",
        "let k = rfc6979::generate_k(&self.0, &Sha256::digest(message));",
        "let nonce = self.counter.next();",
      })
  void nonceOfTheSecretOrOfRandomNumbersIsNot(String body) {
    String code =
        "impl Signer { pub fn sign(&self, message: &[u8]) -> Signature { %s finish(k) } }"
                .formatted(body)
            + " fn scalar(l: &[u8], parts: &[&[u8]]) -> Scalar { let mut h = Sha512::new();"
            + " for p in parts { h.update(p); } Scalar::from_hash(h) }";

    assertThat(weak("Signatures on a curve", code)).isEmpty();
  }

  @Test
  void nonceOfALabelAloneIsReportedForCiphersAsWell() {
    String code =
        "pub fn seal(key: &Key, plain: &[u8]) -> Vec<u8> { let nonce = Nonce::from_slice(%s).clone();"
            + " ChaCha20Poly1305::new(key).encrypt(&nonce, plain).unwrap() }";

    assertThat(
            weak("Frames with keys", code.formatted("&blake3::hash(b\"frame\").as_bytes()[..12]")))
        .contains("a nonce of seal without the secret or random numbers");
    assertThat(weak("Frames with keys", code.formatted("&hmac(key.mac(), plain)[..12]"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const OLD: [u8; 32] = %s; fn keys() -> Vec<VerifyingKey> {"
            + " VerifyingKey::from_bytes(&OLD).into_iter().collect() }",
        "fn keys() -> Vec<VerifyingKey> { vec![VerifyingKey::from_bytes(&%s).unwrap()] }",
        "static OLD: &str ="
            + " \"02aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11\"; // %s\n"
            + "fn last() -> Option<VerifyingKey> { VerifyingKey::parse(OLD).ok() }",
        "const OLD: &[u8; 32] = &%s; impl Default for Keys { fn default() -> Self { Keys(vec!["
            + "VerifyingKey::try_from(OLD).unwrap()]) } }",
      })
  void keyOfTheSourceBesideThoseOfCallersIsReported(String code) {
    String all =
        code.formatted(KEY) + " pub fn with(key: VerifyingKey) -> Checker { Checker(key) }";

    assertThat(weak("Checks signed tokens", all))
        .contains("a VerifyingKey in the source, in addition to those of callers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pub fn key(k: Option<&'static [u8]>) -> &'static [u8] { k.unwrap_or(&SPARE) }",
        "pub fn key(&self) -> Option<[u8; 32]> { self.key.or(Some(SPARE)) }",
        "pub fn keys(mut all: Vec<[u8; 32]>) -> Vec<[u8; 32]> { all.push(SPARE); all }",
      })
  void constantInPlaceOfTheCallersKeyIsReported(String code) {
    String spare = "const SPARE: [u8; 32] = %s; ".formatted(KEY);

    assertThat(weak("Checks signed tokens", spare + code)).isNotEmpty();
    assertThat(
            weak(
                "Tokens",
                "const LETTERS: &str ="
                    + " \"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_\";"
                    + " pub fn letters(l: Option<&str>) -> &str { l.unwrap_or(LETTERS) }"))
        .isEmpty();
    assertThat(weak("Layout of text", spare + code)).noneMatch(s -> s.startsWith("a constant in"));
    assertThat(weak("Checks signed tokens", "const SPARE: [u8; 32] = [0; 32]; " + code)).isEmpty();
  }

  @Test
  void keyOfCallersOrOfTestsAloneIsNot() {
    String taken = "pub fn with(key: VerifyingKey) -> Checker { Checker(key) }";
    String read =
        "pub fn read(bytes: &[u8; 32]) -> Checker { with(VerifyingKey::from_bytes(bytes)) }";
    String test =
        "#[cfg(test)] mod tests { const K: [u8; 32] = %s; #[test] fn t() {".formatted(KEY)
            + " with(VerifyingKey::from_bytes(&K)); } }";
    String zero = "pub fn none() -> Checker { with(VerifyingKey::from_bytes(&[0; 32])) }";

    assertThat(weak("Checks signed tokens", taken + read)).isEmpty();
    assertThat(weak("Checks signed tokens", taken + test)).isEmpty();
    assertThat(weak("Checks signed tokens", taken + zero)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream[0] = (uint64_t)time(0) ^ (uint64_t)getpid() << 32;",
        "srand(time(NULL));",
        "seed ^= clock();",
        "srand48(getpid());",
        "rng_state = tv.tv_usec * 7;",
      })
  void randomNumbersOfTheClockInCarriedSourcesAreReported(String line) {
    assertThat(seeded("Random bytes for session keys", line)).hasSize(1);
    assertThat(seeded("Layout of text", line)).isEmpty();
    assertThat(seeded("Random bytes for session keys", "// " + line)).isEmpty();
    assertThat(seeded("Random bytes for session keys", "started = time(0);")).isEmpty();
  }

  private static List<String> seeded(String description, String line) {
    String manifest = InspectionFixture.MANIFEST + "description = \"" + description + "\"\n";
    return inspect(
            demo()
                .manifest(manifest)
                .file("src/lib.rs", "extern \"C\" { fn fill(p: *mut u8); }")
                .file(
                    "csrc/fill.c", "int fill(void)\n{\n    %s\n    return 0;\n}\n".formatted(line)))
        .signals()
        .stream()
        .filter(s -> s.code() == SignalCode.WEAK_CHECK)
        .map(s -> s.excerpt())
        .toList();
  }
}
