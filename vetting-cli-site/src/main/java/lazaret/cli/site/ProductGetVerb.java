package lazaret.cli.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.bundle.site.ReleaseCheck;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.SiteFileOperations;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.deskapi.bundles.TrustReply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.site.SiteFileCopyReply;
import lazaret.vetting.deskapi.site.SiteFileExtractRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `product get`, which copies the stored release of Lazaret out and verifies it again.
@Command(
    name = "get",
    header = "Copy the stored release of Lazaret into a folder, and verify it",
    description = {
      "",
      "Run it on the machine of the server. The signature is verified with the keys that the trusted"
          + " root names, and each file with the signed list, after they were written. Nothing is"
          + " installed: docs/install.md has the commands."
    },
    footer = {"Examples:", "  vetting-cli product get /srv/release"},
    exitCodeList = {
      "0:copied and verified",
      "1:the release is not signed by a key that the root names, or a file differs",
      "2:the folder is not empty, or no release is stored",
      "3:gate unavailable, or folder not writable"
    })
final class ProductGetVerb extends Verb {
  private static final String TRIED = "cannot copy the release";

  @Parameters(paramLabel = "FOLDER", description = "New or empty folder.")
  Path folder = Path.of("");

  ProductGetVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  /// The JSON of a release.
  ///
  /// @param version its version
  /// @param path the folder of its files
  private record Got(String version, String path) {}

  @Override
  public ExitCode run() {
    Path whole = session().around().path(folder).toAbsolutePath();
    TrustReply trust =
        DeskClient.value(
            desk().reply(BundleOperations.TRUST, new EmptyRequest()), "cannot read the root");
    SiteFileCopyReply copied =
        DeskClient.value(
            awaited(
                "copying the release",
                "site-files",
                () ->
                    desk()
                        .reply(
                            SiteFileOperations.EXTRACT_SITE_FILES,
                            new SiteFileExtractRequest(
                                ProductListVerb.COLLECTION, new ServerPath(whole.toString())))),
            TRIED);
    String root = trust.root();
    if (copied.copied() == 0 || root == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          TRIED + ": expected a release that a bundle brought, found none");
    }
    ReleaseCheck release =
        run(
            "verifying the release",
            () -> verified(whole, SiteTrust.of(MetadataReader.root(Bytes.utf8(root)).content())));
    Path files = whole.resolve(release.version());
    if (session().json()) {
      terminal().json(new Got(release.version(), files.toString()));
    } else {
      terminal().line("release %s is verified: %s".formatted(release.version(), files));
    }
    return ExitCode.DONE;
  }

  private static ReleaseCheck verified(Path folder, SiteTrust trust) {
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> versions = found.toList();
      if (versions.size() != 1) {
        throw ReleaseCheck.refused(
            "expected the files of one version, found those of %d".formatted(versions.size()));
      }
      Path files = versions.getFirst();
      ReleaseCheck release =
          ReleaseCheck.of((name, most) -> whole(files.resolve(name), most), trust.releaseKeys());
      Map<String, Path> present = new TreeMap<>();
      try (Stream<Path> all = Files.walk(files)) {
        all.filter(Files::isRegularFile)
            .forEach(file -> present.put(files.relativize(file).toString(), file));
      }
      for (String name : release.complete(present.keySet())) {
        Path file = present.get(name);
        Sha256 listed = release.files().get(name);
        if (file != null && listed != null) {
          compare(file, listed);
        }
      }
      return release;
    } catch (IOException e) {
      throw new CliException(ErrorCode.STORE_FAILED, TRIED + ": " + e.getMessage(), e);
    }
  }

  private static void compare(Path file, Sha256 listed) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Sha256.digestOf(in).equals(listed)) {
        throw ReleaseCheck.refused("the file '%s' has another SHA-256".formatted(file));
      }
    }
  }

  private static Bytes whole(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.of(in.readNBytes(most));
    }
  }
}
