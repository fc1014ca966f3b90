package lazaret.vetting.policy.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.vetting.policy.SourcePolicy;
import lazaret.vetting.policy.SourcePolicy.Pin;
import lazaret.vetting.policy.file.DenyReader.Lint;

/// A reader of `[sources]` of a `deny.toml`, for packages of lockfiles from sources outside of the
/// gate.
final class DenySources {
  private static final Map<String, String> HOSTS =
      Map.of("github", "github.com", "gitlab", "gitlab.com", "bitbucket", "bitbucket.org");

  private DenySources() {}

  static SourcePolicy sources(PolicyTable root, SourcePolicy before) {
    PolicyTable table = root.table("sources");
    List.of("unused-allowed-source", "unused-allowed-org")
        .forEach(key -> table.refuse(key, DenyReader.LINT));
    List<String> organizations = new ArrayList<>();
    PolicyTable orgs = table.table("allow-org");
    HOSTS.keySet().stream()
        .sorted()
        .forEach(
            key ->
                orgs.texts(key, List.of())
                    .forEach(name -> organizations.add(HOSTS.get(key) + "/" + name)));
    orgs.done();
    SourcePolicy rules =
        new SourcePolicy(
            table.texts("allow-registry", before.registries()),
            table.texts("allow-git", before.git()),
            table.texts("private", before.prefixes()),
            organizations.isEmpty() ? before.organizations() : organizations,
            unknown(table, "unknown-registry", before.otherRegistries()),
            unknown(table, "unknown-git", before.otherGit()),
            table.word("required-git-spec", Pin.class, before.pinned()));
    table.done();
    return rules;
  }

  private static boolean unknown(PolicyTable table, String key, boolean before) {
    return table.word(key, Lint.class, before ? Lint.ALLOW : Lint.DENY) != Lint.DENY;
  }
}
