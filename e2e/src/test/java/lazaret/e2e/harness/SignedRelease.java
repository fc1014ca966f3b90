package lazaret.e2e.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A signed release of this program for a bundle.
///
/// @param folder the folder of its files
/// @param archive the name of the archive
/// @param key the public key that signed it
/// @param keyFile the file of the public key, for OpenSSL
public record SignedRelease(Path folder, String archive, TufKey key, Path keyFile) {
  private static final String SUMS = "SHA256SUMS";
  private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Makes a release.
  ///
  /// @param packed the archive, which is copied
  public static SignedRelease make(Path packed) throws IOException, GeneralSecurityException {
    Path folder = WorkFolder.folder("release");
    String archive = String.valueOf(packed.getFileName());
    Files.copy(packed, folder.resolve(archive));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair publisher = generator.generateKeyPair();
    Bytes sums;
    try (var in = Files.newInputStream(folder.resolve(archive))) {
      sums = Bytes.utf8(Sha256.digestOf(in).hex() + "  " + archive + "\n");
    }
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(publisher.getPrivate());
    signer.update(sums.array());
    Files.write(folder.resolve(SUMS), sums.array());
    Files.write(folder.resolve(SUMS + ".sig"), signer.sign());
    byte[] encoded = publisher.getPublic().getEncoded();
    Path keyFile =
        Files.writeString(
            WorkFolder.folder("publisher").resolve("key.pem"),
            "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(encoded)));
    return new SignedRelease(folder, archive, TufKey.ecdsaP256(encoded), keyFile);
  }

  /// Checks a bundle and copies the release out of it with the programs of a machine without
  /// Lazaret, by the commands of `docs/bundle-format.md` and `docs/first-transfer.md`. The checks
  /// with Python are left out.
  ///
  /// @param paper the fingerprint of the first root
  /// @return the folder of the copy, whose signature and sums were checked
  public Path copiedByHand(Path bundle, String paper) throws IOException {
    for (String tool : List.of("bash", "jq", "openssl", "awk", "basenc", "zcat")) {
      Machine.needs(Machine.program(tool).isPresent(), tool + " is not installed");
    }
    Machine.needs(
        Programs.run(PATIENCE, "openssl", "list", "-signature-algorithms")
            .out()
            .contains("ML-DSA-65"),
        "openssl is older than 3.5");
    List<String> blocks = new ArrayList<>(blocks("bundle-format.md"));
    blocks.removeIf(block -> block.contains("python3"));
    blocks.addAll(blocks("first-transfer.md"));
    // The last command of the page is a list, whose failure does not end the shell.
    String script =
        String.join("", blocks).replace("/path/to/lazaret.pub", keyFile.toString())
            + "(($? == 0)) && pwd -P\n";
    Path file = Files.writeString(WorkFolder.folder("script").resolve("by-hand.sh"), script);
    ProcessBuilder shell = new ProcessBuilder("bash", file.toString()).directory(bundle.toFile());
    shell.environment().put("TMPDIR", WorkFolder.folder("by-hand").toString());
    shell.environment().put("paper", paper);
    List<String> lines = ProgramResult.of(shell, PATIENCE).ok().out().lines().toList();
    return Path.of(lines.getLast());
  }

  /// Returns the commands of a page.
  private static List<String> blocks(String page) throws IOException {
    String text = Files.readString(Machine.root().resolve("docs").resolve(page));
    List<String> blocks = BLOCK.matcher(text).results().map(found -> found.group(1)).toList();
    if (blocks.isEmpty()) {
      throw new AssertionError("the page has no commands: " + page);
    }
    return blocks;
  }

  /// Unpacks a copy of the release as `docs/install.md` describes.
  ///
  /// @param copy the folder of the copy
  /// @return the folder that contains `bin`
  public Path unpacked(Path copy) {
    Path into = WorkFolder.folder("installed");
    Path packed = copy.resolve(archive);
    Programs.run(PATIENCE, "tar", "-xzf", packed.toString(), "-C", into.toString()).ok();
    return into.resolve(archive.replace(".tar.gz", ""));
  }
}
