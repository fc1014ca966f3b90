package lazaret.toolchain;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.SyntheticChannel;
import lazaret.toolchain.manifest.ChannelSelection;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolchainRowCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String TARGET = "x86_64-unknown-linux-gnu";
  private static final LocalDate DATE = LocalDate.parse("2026-04-16");
  private static final OpenPgpSigner SIGNER = OpenPgpSigner.ed25519(NOW.minusSeconds(1));
  private static final SyntheticChannel CHANNEL = SyntheticChannel.of("1.95.0", DATE, SIGNER);
  private static final ToolchainRowCheck CHECK =
      new ToolchainRowCheck(PinnedKeys.read(SIGNER.publicKey()), NOW);

  private static SiteFileRow row(String path, Sha256 sha256, @Nullable String reference) {
    return new SiteFileRow(
        SiteFileCollection.TOOLCHAINS,
        path,
        sha256,
        1,
        "application/octet-stream",
        NOW,
        "ada",
        "bundle:outside",
        reference);
  }

  private static Bytes file(String path) {
    return Optional.ofNullable(CHANNEL.files().get(path)).orElseThrow();
  }

  private static List<SiteFileRow> rows() {
    ChannelSelection selection =
        ChannelSelection.parse("1.95.0 targets=" + TARGET + " profile=minimal");
    List<SiteFileRow> rows = new ArrayList<>();
    for (String component : List.of("cargo", "rustc", "rust-std")) {
      String path = CHANNEL.path(component, TARGET);
      rows.add(row(path, Sha256.of(file(path)), "1.95.0"));
    }
    String manifest = CHANNEL.manifestPath();
    for (String path : List.of(manifest + ".sha256", manifest + ".asc")) {
      rows.add(row(path, Sha256.of(file(path)), "1.95.0"));
    }
    rows.add(
        row(manifest, Sha256.of(file(manifest)), ToolchainChannel.text(selection, DATE, 3, 9)));
    return rows;
  }

  private static void refuses(ToolchainRowCheck check, List<SiteFileRow> rows, String why) {
    assertThatThrownBy(() -> check.check(rows, (row, _) -> file(row.path())))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void wholeChannelIsAccepted() {
    assertThatCode(() -> CHECK.check(rows(), (row, _) -> file(row.path())))
        .doesNotThrowAnyException();
    assertThatCode(() -> CHECK.check(List.of(), (row, _) -> file(row.path())))
        .doesNotThrowAnyException();
  }

  @Test
  void eachMissingRowIsFound() {
    for (int i = 0; i < rows().size(); i++) {
      List<SiteFileRow> fewer = rows();
      SiteFileRow left = fewer.remove(i);
      refuses(CHECK, fewer, ToolchainChannel.isManifest(left) ? "no manifest names it" : "missing");
    }
  }

  @Test
  void otherFilesAndOtherKeysAreRefused() {
    List<SiteFileRow> changed = rows();
    changed.set(0, row(changed.getFirst().path(), Sha256.of(Bytes.EMPTY), "1.95.0"));
    refuses(CHECK, changed, "the manifest states the SHA-256");

    List<SiteFileRow> more = rows();
    more.add(row("dist/2026-04-16/evil.tar.gz", Sha256.of(Bytes.EMPTY), "1.95.0"));
    refuses(CHECK, more, "no manifest names it");

    OpenPgpSigner other = OpenPgpSigner.ed25519(NOW.minusSeconds(2));
    refuses(
        new ToolchainRowCheck(PinnedKeys.read(other.publicKey()), NOW),
        rows(),
        "expected a key of");
  }

  @Test
  void manifestUnderAnotherNameIsRefused() {
    List<SiteFileRow> rows = rows();
    SiteFileRow manifest = rows.removeLast();
    rows.add(row("dist/channel-rust-stable.toml", manifest.sha256(), manifest.reference()));
    refuses(CHECK, rows, "its channel has another path");
  }
}
