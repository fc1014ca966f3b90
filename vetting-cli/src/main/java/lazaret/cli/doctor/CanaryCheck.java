package lazaret.cli.doctor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.doctor.GateProbe.Reply;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.RegistryConfig;
import org.jspecify.annotations.Nullable;

/// A check of a running gate with the canary crate, which every gate must refuse. Its index line
/// must be yanked, and its download must be refused as malware. The requests are those that cargo
/// makes.
public final class CanaryCheck {
  private static final CrateId BAD = CanaryCrate.ID;

  private final String server;
  private final @Nullable Secret token;
  private final GateProbe probe;
  private final List<DoctorFinding> findings = new ArrayList<>();

  /// Creates a check.
  ///
  /// @param server scheme, host and port without a slash at the end
  /// @param token the token, sent as cargo sends it; null for none
  public CanaryCheck(String server, @Nullable Secret token, GateProbe probe) {
    this.server = server;
    this.token = token;
    this.probe = probe;
  }

  /// Makes the requests. The findings are in the order of the requests, and end if the next request
  /// would not be meaningful.
  public List<DoctorFinding> check() {
    URI config = URI.create(server + "/index/config.json");
    Reply reply = probe.get(config, token);
    try {
      if (responded(config, reply)) {
        RegistryConfig registry = RegistryConfig.parse(Bytes.utf8(reply.body()));
        index();
        download(registry);
      }
    } catch (MalformedException e) {
      problem("gate-foreign", config + " is not a registry: " + e.getMessage(), "correct --server");
    }
    return List.copyOf(findings);
  }

  private boolean responded(URI address, Reply reply) {
    switch (reply.status()) {
      case 200 -> {
        return true;
      }
      case 0 ->
          problem(
              "gate-unreachable",
              "%s does not answer: %s".formatted(address, reply.body()),
              ServerLocator.start("DIR") + ", or name it with --server");
      case 401, 403 ->
          problem(
              "token-rejected",
              "%s answers with status %d".formatted(address, reply.status()),
              "name a token with --token-file FILE or LAZARET_TOKEN");
      default ->
          problem(
              "gate-foreign",
              "%s answers with status %d: '%s'"
                  .formatted(address, reply.status(), Excerpt.of(reply.body())),
              "correct --server, or wait until the gate can answer");
    }
    return false;
  }

  private void index() {
    URI address = URI.create(server + "/index/" + IndexPath.of(BAD.name()));
    Reply reply = probe.get(address, token);
    if (reply.status() == 404) {
      problem(
          "crate-unknown",
          "the gate does not have '%s': it is older than this program".formatted(BAD.name()),
          "update the gate");
      return;
    }
    if (!responded(address, reply)) {
      return;
    }
    IndexFile file = IndexFile.parse(BAD.name(), Bytes.utf8(reply.body()), IndexLimits.DEFAULT);
    boolean hidden = file.entries().stream().allMatch(IndexEntry::yanked);
    if (hidden) {
      findings.add(
          DoctorFinding.ok(
              "index-withheld", "the index offers no version of '%s'".formatted(BAD.name())));
    } else {
      problem(
          "index-offers",
          "the index offers '%s' to all clients".formatted(BAD.name()),
          "see 'vetting-cli why %s@%s'".formatted(BAD.name(), BAD.version()));
    }
  }

  private static URI downloadAddress(RegistryConfig registry) {
    try {
      return new URI(registry.downloadUrl(BAD));
    } catch (URISyntaxException e) {
      throw new MalformedException(
          "'dl' is not a URL: '%s'".formatted(Excerpt.of(e.getInput())), e);
    }
  }

  private void download(RegistryConfig registry) {
    URI address = downloadAddress(registry);
    Reply reply = probe.get(address, token);
    String said = reply.body().lines().findFirst().orElse("");
    String expected = "BLOCKED %s %s: malware".formatted(BAD.name(), BAD.version());
    if (reply.status() == 403 && said.startsWith(expected)) {
      findings.add(
          DoctorFinding.ok("download-refused", "its download is refused: " + Excerpt.of(said)));
    } else if (reply.status() == 200) {
      problem(
          "download-served",
          "the gate serves %s %s, which its built-in feed lists as malware"
              .formatted(BAD.name(), BAD.version()),
          "see 'vetting-cli why %s@%s'".formatted(BAD.name(), BAD.version()));
    } else {
      problem(
          "download-unclear",
          "its download has status %d instead of 403 and '%s': '%s'"
              .formatted(reply.status(), expected, Excerpt.of(said)),
          "see 'vetting-cli why %s@%s'".formatted(BAD.name(), BAD.version()));
    }
  }

  private void problem(String code, String what, String cure) {
    findings.add(DoctorFinding.problem(code, what, cure));
  }
}
