package lazaret.cli.keys;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.ceremony.CeremonyInput;
import lazaret.bundle.ceremony.RootProposal;
import lazaret.bundle.ceremony.RootRotation;
import lazaret.bundle.keys.KeyFolder;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rotate",
    header = "Propose the next root of a stream",
    description = {
      "",
      "The next root follows the newest one of --keys. It is valid when enough officers of both"
          + " roots have signed it. Networks that missed roots follow all of them in order. If all"
          + " keys of snapshot and timestamp are new, a new epoch begins: signatures of the old"
          + " keys are no longer valid."
    },
    footer = {
      "Examples:",
      "  vetting-cli keys rotate --keys keys --out .",
      "  vetting-cli keys rotate --keys keys --replace ben=dan.pub.json --out .",
      "  vetting-cli keys rotate --keys keys --remove ben --root 2:ann,cem --out .",
      "  vetting-cli keys rotate --keys keys --decisions decisions.pub.json --out ."
    },
    exitCodeList = {
      "0:proposed",
      "2:invalid names, numbers or public files, or --out has a root of that number",
      "4:only some of the keys of snapshot and timestamp would be new"
    })
final class KeysRotateVerb extends Verb {
  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder whose newest root is followed.")
  Path keys = Path.of("");

  @Option(
      names = "--add",
      paramLabel = "FILE",
      description = "Public file of a new officer. May be given several times.")
  List<Path> added = new ArrayList<>();

  @Option(
      names = "--replace",
      paramLabel = "NAME=FILE",
      description = "Officer who leaves, and public file of the successor.")
  Map<String, Path> replaced = new LinkedHashMap<>();

  @Option(
      names = "--remove",
      paramLabel = "NAME",
      description = "Officer who leaves. May be given several times.")
  List<String> removed = new ArrayList<>();

  @Mixin final RootOptions of = new RootOptions();

  @Option(
      names = "--decisions",
      paramLabel = "FILE",
      description = "Public file of an additional key for decisions. May be given several times.")
  List<Path> decisions = new ArrayList<>();

  @Option(
      names = "--drop-decisions",
      paramLabel = "ID",
      description = "Key for decisions that is no longer valid. May be given several times.")
  List<String> dropped = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder for the root and its transcript.")
  Path out = Path.of("");

  KeysRotateVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isTyped(BundleCode code) {
    return RootOptions.isTyped(code);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    KeyFolder folder =
        KeyFolder.open(
            session().around().path(keys),
            Passphrases.source(session(), null),
            session().around().clock());
    List<CeremonyInput> inputs = new ArrayList<>();
    added.forEach(file -> inputs.add(officer(file)));
    Map<String, String> places = new HashMap<>();
    replaced.forEach(
        (name, file) -> {
          CeremonyInput input = officer(file);
          inputs.add(input);
          input.officer().ifPresent(pair -> places.put(name, pair.name()));
        });
    decisions.forEach(file -> inputs.add(read(file)));
    var rotation =
        new RootRotation(
            of.lifetime(),
            inputs,
            places,
            new HashSet<>(removed),
            RoleAssignments.of(of.root, of.targets, of.release),
            new HashSet<>(dropped),
            of.attendees,
            of.site(session()).orElse(null));
    RootProposal proposal = rotation.propose(folder, session().now());
    RootProposal.Written written = proposal.write(session().around().path(out));
    RootText.proposed(
        session(),
        proposal,
        written,
        List.of(
            "next, on the machine of each officer who must sign, old and new:",
            "  vetting-cli sign %s --keys FOLDER --fingerprint '%s'"
                .formatted(written.root().getFileName(), proposal.fingerprint().groups())));
    return ExitCode.DONE;
  }

  private CeremonyInput read(Path file) {
    return CeremonyInput.read(session().around().path(file));
  }

  private CeremonyInput officer(Path file) {
    CeremonyInput input = read(file);
    if (input.officer().isEmpty()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot plan a root: expected the public file of an officer, found '%s'; name it with --decisions"
              .formatted(file));
    }
    return input;
  }
}
