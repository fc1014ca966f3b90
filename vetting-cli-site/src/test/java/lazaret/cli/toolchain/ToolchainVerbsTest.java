package lazaret.cli.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import lazaret.site.SiteFileService;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.SyntheticChannel;
import lazaret.toolchain.ToolchainHandlers;
import lazaret.toolchain.ToolchainRefresher;
import lazaret.toolchain.ToolchainService;
import lazaret.toolchain.ToolchainSource;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.site.ToolchainProposalInfo;
import lazaret.vetting.gate.fixture.GateUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolchainVerbsTest {
  private static final OpenPgpSigner SIGNER =
      OpenPgpSigner.ed25519(Instant.parse("2026-01-01T00:00:00Z"));
  private static final SyntheticChannel CHANNEL =
      SyntheticChannel.of("1.95.0", LocalDate.parse("2026-04-16"), SIGNER);
  private static final String TARGET = "x86_64-unknown-linux-gnu";

  @TempDir Path folder;

  /// A source that has the files of the channel.
  private static final class ChannelSource implements ToolchainSource {
    @Override
    public Bytes document(String path, int maxBytes) {
      Bytes file = CHANNEL.files().get(path);
      if (file == null) {
        throw new ProblemException(
            ErrorCode.UPSTREAM_UNAVAILABLE, "cannot fetch '%s': it is missing".formatted(path));
      }
      return file;
    }

    @Override
    public void copy(String path, SiteFileUpload upload) throws IOException {
      Bytes file = document(path, Integer.MAX_VALUE);
      upload.write(file.array(), 0, file.length());
    }

    @Override
    public void close() {}
  }

  private List<HandlerSource> handlers(GateUnderTest gate) {
    try {
      ToolchainService service =
          new ToolchainService(
              gate.store,
              new SiteFileService(gate.store, FolderSiteFileStore.open(folder.resolve("files"))),
              new ChannelSource(),
              () -> PinnedKeys.read(SIGNER.publicKey()),
              gate.parts.clock());
      return List.of(
          new ToolchainHandlers(
              service, new ToolchainRefresher(service, List.of(), gate.parts.clock())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void toolchainIsAddedListedCheckedAndRemoved() {
    try (ServerFixture gate = new ServerFixture(this::handlers)) {
      CliFixture cli = CliFixture.at(folder, gate);

      CliFixture.Ran added = cli.run("toolchain", "add", "1.95.0", "--target", TARGET);
      assertThat(added.exit()).as(added.err()).isZero();
      assertThat(added.out()).startsWith("1.95.0 of 2026-04-16 is stored: 3 files, ");
      assertThat(cli.run("toolchain", "list").out()).contains("1.95.0", "2026-04-16", TARGET);
      assertThat(cli.run("toolchain", "check").out()).contains("7 files were checked");
      assertThat(cli.run("toolchain", "remove", "1.95.0", "--reason", "unused").exit()).isZero();
      assertThat(cli.run("toolchain", "remove", "1.95.0", "--reason", "again").exit()).isEqualTo(5);
    }
  }

  @Test
  void wrongWordsAreNamed() {
    try (ServerFixture gate = new ServerFixture(this::handlers)) {
      CliFixture cli = CliFixture.at(folder, gate);

      CliFixture.Ran channel = cli.run("toolchain", "add", "newest", "--target", TARGET);
      assertThat(channel.exit()).isEqualTo(2);
      assertThat(channel.err()).contains("expected a channel like stable");
      assertThat(cli.run("toolchain", "add", "1.94.0", "--target", TARGET).exit()).isEqualTo(3);
      assertThat(
              cli.run("toolchain", "add", "1.95.0", "--target", TARGET, "--component", "miri")
                  .err())
          .contains("the component miri");
    }
  }

  @Test
  void environmentNamesTheGate() {
    try (ServerFixture gate = new ServerFixture(this::handlers)) {
      assertThat(CliFixture.at(folder, gate).run("toolchain", "env").out())
          .startsWith("export RUSTUP_DIST_SERVER='http://")
          .endsWith("/toolchains'\n");
    }
  }

  @Test
  void environmentIsADocumentIfAskedForJson() {
    try (ServerFixture gate = new ServerFixture(this::handlers)) {
      CliFixture.Ran ran = CliFixture.at(folder, gate).run("toolchain", "env", "--json");

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.json().words("rustup_dist_server")).isEqualTo(gate.url() + "/toolchains");
    }
  }

  /// rustup trusts the address for what it installs, so that a hostile project must not name it.
  @Test
  void environmentIsThatOfTheUserAndNotOfAProject() throws IOException {
    CliFixture cli = new CliFixture(folder.resolve("project"), Clock.systemUTC());
    String config =
        """
        [source.crates-io]
        replace-with = "gate"
        [source.gate]
        registry = "sparse+https://%s/index/"
        """;
    cli.write(".cargo/config.toml", config.formatted("hostile.example"));
    assertThat(cli.run("toolchain", "env").out())
        .isEqualTo("export RUSTUP_DIST_SERVER='http://127.0.0.1:7080/toolchains'\n");

    cli.write("home/.cargo/config.toml", config.formatted("gate.example"));
    assertThat(cli.run("toolchain", "env").out())
        .isEqualTo("export RUSTUP_DIST_SERVER='https://gate.example/toolchains'\n");
  }

  /// The command can be pasted, and settles the proposal.
  @Test
  void proposalNamesTheCommandWithTheConfiguredSelection() {
    String command =
        "vetting-cli toolchain add stable --target "
            + TARGET
            + " --profile default --component rust-src";

    assertThat(ToolchainListVerb.text(proposal(true)))
        .startsWith("a newer stable was found on ")
        .endsWith("; '" + command + "' brings it");
    assertThat(ToolchainListVerb.text(proposal(false)))
        .startsWith("another selection of stable is configured than stored, found on ")
        .endsWith("; '" + command + "' brings it");
  }

  private static ToolchainProposalInfo proposal(boolean newer) {
    return new ToolchainProposalInfo(
        "stable",
        List.of(TARGET),
        "default",
        List.of("rust-src"),
        Sha256.of(Bytes.utf8("a manifest")),
        newer,
        Instant.parse("2026-04-17T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toolchain",
        "toolchain add",
        "toolchain list",
        "toolchain remove",
        "toolchain check",
        "toolchain env",
        "git-sources",
        "git-sources add",
        "git-sources list",
        "git-sources show",
        "git-sources approve",
        "git-sources deny",
        "git-sources remove",
        "git-sources sync"
      })
  void eachVerbTellsWhatItDoes(String verb) {
    CliFixture cli = new CliFixture(folder, Clock.systemUTC());

    CliFixture.Ran ran = cli.run((verb + " --help").split(" ", -1));

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("Usage: vetting-cli " + verb, "Exit codes:", "Examples:");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
  }
}
