package lazaret.cli.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.bundle.ceremony.CeremonyInput;
import lazaret.bundle.ceremony.RootView;
import lazaret.bundle.keys.DecisionKey;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.tuf.Roles;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show the fingerprints of keys and roots",
    description = {
      "",
      "Keys stay encrypted and no passphrase is asked for. The roots of a folder are verified in"
          + " order. For a root, the officers who signed it are listed."
    },
    footer = {
      "Examples:",
      "  vetting-cli keys show keys",
      "  vetting-cli keys show ann.pub.json",
      "  vetting-cli keys show 1.root.json"
    },
    exitCodeList = {
      "0:success",
      "2:unreadable, or another kind of file",
      "4:a root does not follow its predecessor"
    })
final class KeysShowVerb extends Verb {
  private static final List<String> ROLES =
      List.of(Roles.ROOT, Roles.TARGETS, Roles.SNAPSHOT, Roles.TIMESTAMP);

  @Parameters(paramLabel = "PATH", description = "Folder of keys, NAME.pub.json or N.root.json.")
  Path path = Path.of("");

  KeysShowVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    Path place = session().around().path(path);
    if (!Files.exists(place)) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot show '%s': no such file or folder; expected a folder of keys, NAME%s or"
                  .formatted(place, KeyFile.PUBLIC_SUFFIX)
              + " N.root.json");
    }
    if (Files.isDirectory(place)) {
      folder(place);
    } else if (place.toString().endsWith(KeyFile.PUBLIC_SUFFIX)) {
      published(place);
    } else {
      root(place);
    }
    return ExitCode.DONE;
  }

  private void folder(Path place) {
    KeyFolder keys =
        KeyFolder.open(place, Passphrases.source(session(), null), session().around().clock());
    boolean rooted = !keys.roots().isEmpty();
    List<KeyDocument> files =
        keys.files().values().stream()
            .sorted(KeyFile.BY_NAME)
            .map(
                file ->
                    new KeyDocument(
                        file.name(),
                        file.fingerprint().groups(),
                        file.isElsewhere(),
                        rooted ? roles(keys, file) : List.of()))
            .toList();
    FolderDocument all =
        new FolderDocument(files, rooted ? RootText.document(RootView.of(keys)) : null);
    if (session().json()) {
      terminal().json(all);
    } else {
      print(all);
    }
  }

  /// The JSON of a folder of keys.
  ///
  /// @param keys the keys
  /// @param root the newest root, or null if the folder has none
  private record FolderDocument(List<KeyDocument> keys, RootText.@Nullable RootDocument root) {}

  /// The JSON of the keys of one officer, or of the key for decisions.
  ///
  /// @param name the name
  /// @param fingerprint the fingerprint of the public keys, in groups
  /// @param elsewhere whether a program holds the keys
  /// @param roles the roles that the keys sign
  private record KeyDocument(
      String name, String fingerprint, boolean elsewhere, List<String> roles) {}

  /// The JSON of a public file.
  ///
  /// @param name the name
  /// @param fingerprint the fingerprint of the public keys, in groups
  private record PublicDocument(String name, String fingerprint) {}

  /// The JSON of a root with its signatures.
  ///
  /// @param root the root
  /// @param signatures the signatures for its role
  private record SignedRootDocument(
      @Inline RootText.RootDocument root, List<RootText.SignaturesDocument> signatures) {}

  private static List<String> roles(KeyFolder keys, KeyFile file) {
    if (file.name().equals(KeyFile.DECISIONS)) {
      boolean named = keys.policy().decisionKeys().containsAll(file.publicKeys());
      return named ? List.of(KeyFile.DECISIONS) : List.of();
    }
    return ROLES.stream()
        .filter(role -> keys.namesFor(keys.root(), role).contains(file.name()))
        .toList();
  }

  private void print(FolderDocument all) {
    TextTable table = new TextTable("KEY", "FINGERPRINT", "SIGNS", "");
    for (KeyDocument key : all.keys()) {
      table.row(
          Cell.of(TextStyle.STRONG, key.name()),
          Cell.of(key.fingerprint()),
          Cell.of(key.roles().isEmpty() ? "nothing" : String.join(", ", key.roles())),
          Cell.of(TextStyle.FAINT, key.elsewhere() ? "held by a program" : ""));
    }
    terminal().table(table);
    if (all.root() == null) {
      terminal().line("no root yet");
    } else {
      RootText.print(terminal(), all.root());
    }
  }

  private void published(Path file) {
    CeremonyInput input = CeremonyInput.read(file);
    String name = input.officer().map(PublicPair::name).orElse(KeyFile.DECISIONS);
    String fingerprint =
        input
            .officer()
            .map(PublicPair::fingerprint)
            .or(() -> input.decisions().map(key -> new DecisionKey(key).fingerprint()))
            .orElseThrow()
            .groups();
    if (session().json()) {
      terminal().json(new PublicDocument(name, fingerprint));
    } else {
      terminal().line(Cell.of(TextStyle.STRONG, name), Cell.of("  " + fingerprint));
    }
  }

  private void root(Path file) {
    RootView root = RootView.read(file);
    RootText.RootDocument document = RootText.document(root);
    if (session().json()) {
      terminal().json(new SignedRootDocument(document, List.of(RootText.document(root.tally()))));
    } else {
      RootText.print(terminal(), document);
      terminal().line("signatures:  " + root.tally().words());
    }
  }
}
