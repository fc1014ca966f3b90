package lazaret.cli.doctor;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.cli.cargo.CargoConfig;
import lazaret.cli.cargo.CargoConfig.Setting;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.cargo.FlatToml;
import lazaret.cli.cargo.RegistryRoute;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.doctor.GateProbe.Reply;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.index.RegistryConfig;
import org.jspecify.annotations.Nullable;

/// A check of the gate at the end of the route, with the requests of cargo.
///
/// Source: `docs/registry-protocol.md` §2.2 and §7.
final class GateCheck {
  private static final String DL = "/dl/{crate}/{version}/{sha256-checksum}";

  private final CargoConfig config;
  private final Path cargoHome;
  private final GateProbe probe;
  private final List<DoctorFinding> findings = new ArrayList<>();

  GateCheck(CargoConfig config, Path cargoHome, GateProbe probe) {
    this.config = config;
    this.cargoHome = cargoHome;
    this.probe = probe;
  }

  List<DoctorFinding> check(RegistryRoute route) {
    findings.add(
        DoctorFinding.ok(
            "replaced",
            "the public registry is replaced with '%s', %s (%s)"
                .formatted(route.name(), route.index(), route.origin())));
    URI address = route.index().resolve("config.json");
    Reply open = probe.get(address, null);
    switch (open.status()) {
      case 200 -> read(route, open);
      case 401 -> withToken(route, address);
      case 0 ->
          findings.add(
              DoctorFinding.problem(
                  "gate-unreachable",
                  "%s does not answer: %s".formatted(address, open.body()),
                  unreachableAdvice(route)));
      default -> foreign(route, address, open);
    }
    return List.copyOf(findings);
  }

  private String unreachableAdvice(RegistryRoute route) {
    String cure = ServerLocator.start("DIR") + ", or correct the address in " + route.origin();
    // Cargo may trust an authority that is unknown to this program.
    return route.index().getScheme().equals("https") && config.get("http", "cainfo").isPresent()
        ? cure
            + "; to check with the authorities of http.cainfo, set SSL_CERT_FILE to the same"
            + " file"
        : cure;
  }

  private void foreign(RegistryRoute route, URI address, Reply reply) {
    findings.add(
        DoctorFinding.problem(
            "gate-foreign",
            "%s answers with status %d: '%s'"
                .formatted(address, reply.status(), Excerpt.of(reply.body())),
            "correct the address in " + route.origin() + ": it ends in /index/"));
  }

  private void read(RegistryRoute route, Reply reply) {
    RegistryConfig registry;
    try {
      registry = RegistryConfig.parse(Bytes.utf8(reply.body()));
    } catch (MalformedException e) {
      findings.add(
          DoctorFinding.problem(
              "gate-foreign",
              route.index() + " is not a registry: " + e.getMessage(),
              "correct the address in " + route.origin()));
      return;
    }
    if (!registry.dl().endsWith(DL)) {
      findings.add(
          DoctorFinding.problem(
              "not-a-gate",
              "%s is a registry, but not a Lazaret gate: its downloads are at %s"
                  .formatted(route.index(), registry.dl()),
              "name the gate's own index in the replacement"));
      return;
    }
    findings.add(DoctorFinding.ok("gate-answers", "the gate answers at " + route.index()));
    String origin = registry.dl().substring(0, registry.dl().length() - DL.length());
    if (!route.index().toString().startsWith(origin + "/")) {
      findings.add(
          DoctorFinding.problem(
              "downloads-elsewhere",
              "the index is at %s, but downloads are at %s".formatted(route.index(), origin),
              "name the gate by its own address in %s, or set public-url on the gate"
                  .formatted(route.origin())));
    }
  }

  private void withToken(RegistryRoute route, URI address) {
    if (!route.registry()) {
      findings.add(
          DoctorFinding.problem(
              "token-impossible",
              "the gate requires a token, and [source.%s] cannot have one".formatted(route.name()),
              "configure the gate as [registries.%s] instead of [source.%s]"
                  .formatted(route.name(), route.name())));
      return;
    }
    if (provider(route.name()).isEmpty()) {
      findings.add(
          DoctorFinding.problem(
              "no-credential-provider",
              "the gate requires a token, and cargo sends one only with a credential provider",
              "add credential-provider = \"cargo:token\" to [registries.%s]"
                  .formatted(route.name())));
    }
    Secret token = token(route.name());
    if (token == null) {
      findings.add(
          DoctorFinding.problem(
              "token-missing",
              "the gate requires a token, and cargo has none for '%s'".formatted(route.name()),
              "run 'cargo login --registry %s', or set %s"
                  .formatted(
                      route.name(), CargoConfig.variable("registries", route.name(), "token"))));
      return;
    }
    Reply reply = probe.get(address, token);
    if (reply.status() == 0) {
      findings.add(
          DoctorFinding.problem(
              "token-not-sent",
              reply.body(),
              "use https, or the address that the gate listens on; cargo itself sends its token to "
                  + route.index()));
    } else if (reply.status() == 200) {
      read(route, reply);
    } else if (reply.status() == 401) {
      findings.add(
          DoctorFinding.problem(
              "token-rejected",
              "cargo's token for '%s' is unknown to the gate or expired".formatted(route.name()),
              "get a new one: 'vetting-cli token create NAME --role requester'"));
    } else {
      foreign(route, address, reply);
    }
  }

  private Optional<Setting> provider(String registry) {
    return config
        .get("registries", registry, "credential-provider")
        .or(() -> config.get("registry", "global-credential-providers"));
  }

  /// Returns cargo's token for a registry, or null if there is none. It is sent only to the address
  /// to which cargo would send it, and is not printed.
  private @Nullable Secret token(String registry) {
    Optional<String> configured = config.get("registries", registry, "token").map(Setting::value);
    if (configured.isPresent()) {
      return new Secret(configured.get());
    }
    for (String name : List.of("credentials", "credentials.toml")) {
      Path file = cargoHome.resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          return FlatToml.read(file)
              .get(List.of("registries", registry, "token"))
              .map(Secret::new)
              .orElse(null);
        } catch (MalformedException _) {
          findings.add(
              DoctorFinding.problem(
                  "credentials-unreadable",
                  file + " is not TOML",
                  "repair it, or log in again with 'cargo login --registry " + registry + "'"));
          return null;
        }
      }
    }
    return null;
  }
}
