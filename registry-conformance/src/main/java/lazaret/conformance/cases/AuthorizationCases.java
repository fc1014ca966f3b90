package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;
import static lazaret.conformance.cases.CaseContext.expectStatus;

import java.util.List;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryClient;
import lazaret.conformance.client.RegistryResponse;

/// Group A: who may publish.
final class AuthorizationCases {
  private static final String AUTH = "Cargo reference, Registry Authentication";

  private AuthorizationCases() {}

  static List<ConformanceCase> list() {
    return new CaseList("crates.io, tests/krate/publish/auth.rs")
        .add("A1", "A publish without a token is refused", c -> denied(c, c.owner().anonymous()))
        .add(
            "A2",
            "A publish with an unknown token is refused",
            c -> denied(c, c.owner().as("lzr_unknown-token")))
        .add(
            "A3",
            "Another user publishes no version of a crate",
            c -> c.refused(c.other(), new UploadBuilder(c.published(), "1.0.1")))
        .from(AUTH)
        .add(
            "A4",
            "The scheme Bearer is accepted in any case with any spaces, or not at all",
            AuthorizationCases::bearer)
        .from("RFC 2947")
        .add(
            "A5",
            "A token to publish updates creates no crate",
            c -> c.refused(c.with("publish-update"), c.crate()))
        .needing("token:publish-update")
        .add(
            "A6",
            "A token to publish new crates adds no version",
            c -> {
              UploadBuilder first = c.crate();
              RegistryResponse answer = c.with("publish-new").publish(first);
              expect(answer.isSuccess(), "the first version to be accepted", answer);
              c.refused(c.with("publish-new"), new UploadBuilder(first.name(), "1.0.1"));
            })
        .needing("token:publish-new")
        .add(
            "A7", "A pattern covers the crates of its beginning alone", AuthorizationCases::pattern)
        .needing("token:pattern")
        .add("A8", "A name covers its crate alone", c -> c.refused(c.with("exact"), c.crate()))
        .needing("token:exact")
        .add(
            "A9",
            "A token without these scopes neither publishes nor yanks",
            c -> {
              c.refused(c.with("reader"), c.crate());
              String name = c.published();
              c.refused(name, () -> c.with("reader").yank(name, ONE, true));
            })
        .needing("token:reader")
        .from(AUTH)
        .add(
            "A10",
            "With auth-required, index and downloads need a token",
            AuthorizationCases::required)
        .needing("auth-required")
        .add("A11", "A revoked token is refused", c -> denied(c, c.with("revoked")))
        .needing("token:revoked")
        .add("A12", "An expired token is refused", c -> denied(c, c.with("expired")))
        .needing("token:expired")
        .all();
  }

  private static void denied(CaseContext c, RegistryClient client) {
    UploadBuilder crate = c.crate();
    expectStatus(c.refused(client, crate), 401, 403);
    expect(c.owner().lines(crate.name()).isEmpty(), "no line in the index", crate.name());
  }

  private static void pattern(CaseContext c) {
    RegistryResponse answer = c.with("pattern").publish(new UploadBuilder(c.name("p"), ONE));
    expect(answer.isSuccess(), "a crate of the pattern to be accepted", answer);
    c.refused(c.with("pattern"), new UploadBuilder(c.name("q"), ONE));
  }

  private static void bearer(CaseContext c) {
    String secret = c.owner().secret();
    List<String> forms = List.of("Bearer ", "bearer ", "BEARER  ");
    int accepted = 0;
    for (String form : forms) {
      RegistryResponse answer = c.owner().as(form + secret).publish(c.crate());
      if (answer.isSuccess()) {
        accepted++;
      } else {
        expectStatus(answer, 401, 403);
      }
    }
    expect(
        accepted == 0 || accepted == forms.size(),
        "all forms of Bearer to be accepted, or none",
        accepted + " of " + forms.size());
    c.accepted(c.crate());
  }

  private static void required(CaseContext c) {
    UploadBuilder crate = c.crate();
    String cksum = c.accepted(crate).text("cksum");
    RegistryClient nobody = c.owner().anonymous();
    RegistryResponse config = nobody.indexFile("config.json");
    expectStatus(config, 401);
    expect(
        config.header("www-authenticate").orElse("").startsWith("Cargo"),
        "the header WWW-Authenticate of the scheme Cargo",
        config.fields());
    expectStatus(nobody.index(crate.name()), 401);
    expectStatus(nobody.download(crate.name(), ONE, cksum), 401);
    expect(
        c.owner().config().text("auth-required").equals("true"),
        "auth-required in config.json",
        c.owner().config());
  }
}
