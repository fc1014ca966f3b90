package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.signin.workload.ClaimRequirements;
import lazaret.signin.workload.GrantedRoles;
import lazaret.signin.workload.WorkloadBinding;
import lazaret.signin.workload.WorkloadIssuer;
import lazaret.testkit.JwtSigner;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadConfigReaderTest {
  private static final String EACH_KIND =
      """
      [[ci.issuer]]
      name = "github"
      kind = "github"
      audience = "https://crates.example.org"

      [[ci.issuer.binding]]
      name = "release"
      repository-id = 65
      repository-owner-id = "42"
      workflow = "release.yml"
      environment = "release"
      ref = "refs/heads/main"
      roles = ["reader", "prefetcher"]
      life = "1h"

      [[ci.issuer.binding]]
      name = "checks"
      repository-id = 65
      repository-owner-id = 42
      fork-events = true
      roles = ["reader"]

      [[ci.issuer]]
      name = "lab"
      kind = "gitlab"
      url = "https://gitlab.example.org"
      audience = "gate"
      keys-file = "keys.json"
      max-age = "3h"

      [[ci.issuer.binding]]
      name = "deploy"
      project-id = 22
      namespace-id = 72
      ref-type = "tag"
      ref-protected = true
      roles = ["reviewer"]
      crates = ["acme-*"]

      [[ci.issuer]]
      name = "other"
      kind = "generic"
      url = "https://ci.example.org"
      audience = "gate"

      [[ci.issuer.binding]]
      name = "team"
      subject = "team:infra:"
      roles = ["reader"]

      [ci.issuer.binding.claims]
      stage = "deploy"
      """;

  @TempDir Path folder;

  private ConfigSettings settings(String toml) throws IOException {
    Path file = Files.writeString(folder.resolve("mirror.toml"), toml);
    return ConfigSettings.read(
        new ConfigSettings.Sources(
            ServerCommandLine.parse(List.of("--config", file.toString())),
            Map.of("HOME", "/home/ann"),
            folder));
  }

  private List<WorkloadIssuer> issuers(String toml) throws IOException {
    return MirrorConfig.of(settings(toml)).workloadIssuers();
  }

  private List<String> mistakes(String toml) throws IOException {
    try {
      settings(toml);
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage())
          .replace(folder + "/mirror.toml:", "")
          .replace(folder.toString(), "FOLDER")
          .lines()
          .toList();
    }
    throw new AssertionError("no mistake was found");
  }

  @Test
  void readsAnIssuerOfEachKind() throws IOException {
    Files.writeString(folder.resolve("keys.json"), new JwtSigner("one").keySet());

    List<WorkloadIssuer> issuers = issuers(EACH_KIND);

    assertThat(issuers)
        .extracting(issuer -> issuer.address().text())
        .containsExactly(
            "https://token.actions.githubusercontent.com",
            "https://gitlab.example.org",
            "https://ci.example.org");
    assertThat(issuers.getFirst().bindings())
        .containsExactly(
            new WorkloadBinding(
                "release",
                new ClaimRequirements.Github(
                    65, 42, "release.yml", "release", "refs/heads/main", false),
                new GrantedRoles(List.of("reader", "prefetcher"), List.of(), Duration.ofHours(1))),
            new WorkloadBinding(
                "checks",
                new ClaimRequirements.Github(65, 42, null, null, null, true),
                new GrantedRoles(List.of("reader"), List.of(), Duration.ofMinutes(30))));
    WorkloadIssuer lab = issuers.get(1);
    assertThat(lab.keysFile()).isEqualTo(folder.resolve("keys.json"));
    assertThat(lab.maxAge()).isEqualTo(Duration.ofHours(3));
    assertThat(lab.bindings().getFirst().requirements())
        .isEqualTo(new ClaimRequirements.Gitlab(22, 72, null, "tag", true, null));
    assertThat(lab.bindings().getFirst().granted().crates()).containsExactly("acme-*");
    assertThat(issuers.getLast().bindings().getFirst().requirements())
        .isEqualTo(
            new ClaimRequirements.Generic("team:infra:", new TreeMap<>(Map.of("stage", "deploy"))));
  }

  @Test
  void needsNoIssuer() throws IOException {
    assertThat(issuers("listen = \"127.0.0.1:0\"\n")).isEmpty();
  }

  @Test
  void reportsAllMistakesWithTheirLines() throws IOException {
    assertThat(
            mistakes(
                """
                listn = "127.0.0.1:7080"
                [[ci.issuer]]
                name = "GitHub"
                kind = "github"
                audience = "https://github.com/acme"
                keys-file = "missing.json"
                max-age = "2d"
                jwks = "x"
                [[ci.issuer.binding]]
                name = "release"
                repository-id = "acme"
                project-id = 22
                environment = 7
                roles = ["reader", "admin"]
                [[ci.issuer]]
                kind = "jenkins"
                """))
        .containsExactly(
            "1:1: unknown key 'listn'; did you mean 'listen'?",
            "3:1: 'ci.issuer.name' is 'GitHub': expected a name of 1 to 32 lower-case letters,"
                + " digits or '-'",
            "5:1: 'ci.issuer.audience' is 'https://github.com/acme': expected an audience that no"
                + " other service uses, such as the URL of this gate",
            "6:1: 'ci.issuer.keys-file' is 'missing.json': cannot read the keys of"
                + " FOLDER/missing.json: expected a readable file; copy the issuer's key set there",
            "7:1: 'ci.issuer.max-age' is '2d': expected an age of 1m to 24h",
            "8:1: unknown key 'jwks' in [[ci.issuer]]; it has name, kind, url, audience, keys-file,"
                + " max-age, binding",
            "9:1: [[ci.issuer.binding]] lacks 'repository-owner-id': the repository's owner",
            "11:1: 'ci.issuer.binding.repository-id' must be the positive number of the repository",
            "12:1: unknown key 'project-id' in [[ci.issuer.binding]]; it has name, repository-id,"
                + " repository-owner-id, workflow, environment, ref, fork-events, roles, crates,"
                + " owners, life",
            "13:1: 'ci.issuer.binding.environment' must be a text in quotes, without control"
                + " characters",
            "14:1: 'ci.issuer.binding.roles' has 'admin': expected reader, requester, prefetcher,"
                + " reviewer, publish-new, publish-update, yank",
            "15:1: [[ci.issuer]] lacks 'name': the name of the issuer in logs",
            "15:1: [[ci.issuer]] lacks 'audience': the claim aud of tokens for this gate, such as"
                + " its URL",
            "16:1: 'ci.issuer.kind' is 'jenkins': expected github, gitlab or generic");
  }

  @Test
  void refusesAnIssuerWithoutABindingOrWithoutRoles() throws IOException {
    String issuer =
        """
        [[ci.issuer]]
        name = "lab"
        kind = "gitlab"
        audience = "gate"
        """;

    assertThat(mistakes(issuer))
        .containsExactly(
            "1:1: [[ci.issuer]] lacks [[ci.issuer.binding]]: without one no job gets a token");
    assertThat(
            mistakes(
                issuer + "[[ci.issuer.binding]]\nname = \"a\"\nproject-id = 1\nnamespace-id = 2\n"))
        .containsExactly(
            "5:1: [[ci.issuer.binding]] lacks 'roles': a list of reader, requester, prefetcher,"
                + " reviewer, publish-new, publish-update, yank");
  }

  @Test
  void ownersAreThereIfTheJobCreatesCrates() throws IOException {
    String binding =
        """
        [[ci.issuer]]
        name = "lab"
        kind = "gitlab"
        audience = "gate"
        [[ci.issuer.binding]]
        name = "a"
        project-id = 1
        namespace-id = 2
        """;

    assertThat(mistakes(binding + "roles = [\"publish-new\"]\n"))
        .singleElement()
        .asString()
        .contains("owners", "publish-new needs the owners of new crates");
    assertThat(mistakes(binding + "roles = [\"reader\"]\nowners = [\"group:platform\"]\n"))
        .singleElement()
        .asString()
        .contains("owners", "expected the role publish-new");
    assertThat(mistakes(binding + "roles = [\"publish-new\"]\nowners = [\"platform\"]\n"))
        .singleElement()
        .asString()
        .contains("expected at most 20 owners like group:platform or person:ada");
  }

  @Test
  void refusesCratesWithoutTheRoleThatTheyLimit() throws IOException {
    assertThat(
            mistakes(
                """
                [[ci.issuer]]
                name = "lab"
                kind = "gitlab"
                audience = "gate"
                [[ci.issuer.binding]]
                name = "a"
                project-id = 1
                namespace-id = 2
                roles = ["prefetcher"]
                crates = ["acme-*"]
                """))
        .containsExactly(
            "10:1: 'ci.issuer.binding.crates' has no effect: expected the role reviewer or a"
                + " scope, which it limits");
  }

  @Test
  void refusesAnotherTypeOfARef() throws IOException {
    assertThat(
            mistakes(
                """
                [[ci.issuer]]
                name = "lab"
                kind = "gitlab"
                audience = "gate"
                [[ci.issuer.binding]]
                name = "a"
                project-id = 1
                namespace-id = 2
                ref-type = "Branch"
                roles = ["reader"]
                """))
        .containsExactly("9:1: 'ci.issuer.binding.ref-type' is 'Branch': expected branch or tag");
  }

  @Test
  void refusesTwoIssuersOfOneAddress() throws IOException {
    String issuer =
        """
        [[ci.issuer]]
        name = "%s"
        kind = "gitlab"
        audience = "gate"
        [[ci.issuer.binding]]
        name = "%s"
        project-id = 1
        namespace-id = 2
        roles = ["reader"]
        """;

    assertThat(mistakes(issuer.formatted("one", "a") + issuer.formatted("two", "b")))
        .containsExactly(
            "10:1: [[ci.issuer]] has the name or the url of an earlier one: expected distinct"
                + " ones");
  }

  @Test
  void refusesABindingNameOfAnotherIssuer() throws IOException {
    String issuer =
        """
        [[ci.issuer]]
        name = "%1$s"
        kind = "gitlab"
        url = "https://%1$s.example.org"
        audience = "gate"
        [[ci.issuer.binding]]
        name = "%2$s"
        project-id = 1
        namespace-id = 2
        roles = ["reader"]
        """;

    assertThat(mistakes(issuer.formatted("one", "release") + issuer.formatted("two", "release")))
        .containsExactly(
            "11:1: [[ci.issuer]] has the binding 'release', as an earlier issuer has: expected"
                + " names of bindings that no other issuer uses");
    assertThat(issuers(issuer.formatted("one", "release") + issuer.formatted("two", "nightly")))
        .hasSize(2);
  }

  @Test
  void printsIssuersWithTheirBindings() throws IOException {
    String printed =
        settings(
                """
                [[ci.issuer]]
                name = "lab"
                kind = "gitlab"
                audience = "gate"
                [[ci.issuer.binding]]
                name = "a"
                project-id = 1
                namespace-id = 2
                roles = ["reader"]
                """)
            .print();

    assertThat(printed).containsPattern("(?m)^ci\\.issuer\\.lab +a +# file$");
  }

  @Test
  void mapsNamesToGrants() {
    GrantedRoles all =
        new GrantedRoles(List.of("reader", "reviewer"), List.of(), Duration.ofHours(1));
    GrantedRoles some =
        new GrantedRoles(List.of("reader", "reviewer"), List.of("acme-*"), Duration.ofHours(1));

    assertThat(WorkloadRole.grants(List.of("requester"), all))
        .isEqualTo(RoleGrants.of(DeskRole.REQUESTER));
    assertThat(WorkloadRole.grants(List.of("prefetcher", "reviewer"), all))
        .isEqualTo(RoleGrants.of(DeskRole.PREFETCHER, DeskRole.REVIEWER));
    assertThat(WorkloadRole.grants(List.of("reviewer"), some))
        .isEqualTo(RoleGrants.parse(List.of("reviewer:acme-*")));
    assertThat(WorkloadRole.grants(List.of("publish-update", "yank"), some))
        .isEqualTo(RoleGrants.parse(List.of("publish-update:acme-*", "yank:acme-*")));
  }

  @Test
  void rolesOfPersonsAloneAreNotForJobs() {
    assertThat(WorkloadRole.named("admin")).isEmpty();
    assertThat(WorkloadRole.named("change-owners")).isEmpty();
    assertThat(WorkloadRole.named("publish-new")).contains(WorkloadRole.PUBLISH_NEW);
  }
}
