package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;
import static lazaret.conformance.cases.CaseContext.expectStatus;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryClient;
import lazaret.conformance.client.RegistryJson;
import lazaret.conformance.client.RegistryResponse;

/// Groups R and S: trusted publishing and deletion. Both are declared.
final class WorkloadCases {
  private static final String PATH = "/api/v1/trusted_publishing/tokens";
  private static final String TOKENS = "ci-jwt";

  /// The tokens of a job that may publish versions of crates that exist, and may do nothing else.
  private static final String UPDATES = "token:ci-publish-update";

  private static final String DELETION = "deletion";

  private WorkloadCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("crates.io, trusted publishing; RFC 3691");
    jobs(all);
    deletions(all.from("ours"));
    return all.all();
  }

  private static void jobs(CaseList all) {
    all.add("R1", "A token of a job publishes, and can be revoked", WorkloadCases::publishes)
        .needing(TOKENS)
        .add(
            "R2",
            "A token of a job publishes its crate before and after it is refused for another one",
            WorkloadCases::ownCrate)
        .needing(TOKENS)
        .add(
            "R3",
            "A token of a job publishes no other crate",
            c -> {
              String name = c.name("k");
              c.accepted(new UploadBuilder(name, ONE));
              c.refused(job(c), new UploadBuilder(name, "1.1.0"));
            })
        .needing(TOKENS)
        .add(
            "R4",
            "A token of a job that may publish updates alone creates no crate",
            WorkloadCases::updateOnly)
        .needing(UPDATES)
        .add("R5", "A malformed token of a CI system is refused", c -> refusedToken(c, "a.b.c"))
        .needing(TOKENS)
        .add(
            "R6",
            "A revoked token of a job is refused",
            c -> {
              RegistryClient job = job(c);
              revoke(job);
              c.refused(job, new UploadBuilder(c.name("j"), ONE));
            })
        .needing(TOKENS)
        .add(
            "R7",
            "A token of a CI system is exchanged once",
            c -> {
              String token = c.jobToken(TOKENS);
              expect(exchange(c, token).status() == 200, "a success", "a refusal");
              refusedToken(c, token);
            })
        .needing(TOKENS)
        .add(
            "R8",
            "A token for another audience is refused",
            c -> refusedToken(c, c.declared("token:ci-other-audience")))
        .needing("token:ci-other-audience")
        .add(
            "R9",
            "A token of a job that may publish updates alone yanks nothing",
            c -> {
              String name = c.name("u");
              c.accepted(new UploadBuilder(name, ONE));
              RegistryClient job = job(c, UPDATES);
              publish(c, job, new UploadBuilder(name, "1.1.0"));
              c.refused(name, () -> job.yank(name, "1.1.0", true));
            })
        .needing(UPDATES);
  }

  private static void deletions(CaseList all) {
    all.add(
            "S1",
            "A deleted version cannot be published again",
            c -> {
              String name = deleted(c);
              c.refused(new UploadBuilder(name, ONE));
            })
        .needing(DELETION)
        .add(
            "S2",
            "The download of a deleted version is refused with a text",
            c -> {
              UploadBuilder crate = c.crate();
              String cksum = c.accepted(crate).text("cksum");
              delete(c, crate.name());
              RegistryResponse answer = c.owner().download(crate.name(), ONE, cksum);
              expectStatus(answer, 403, 404, 410);
              expect(!answer.text().isBlank(), "a text", "none");
            })
        .needing(DELETION)
        .add(
            "S3",
            "The name of a deleted crate is not free for others",
            c -> c.refused(c.other(), new UploadBuilder(deleted(c), "2.0.0")))
        .needing(DELETION)
        .add(
            "S4",
            "Other versions stay",
            c -> {
              String name = c.published();
              c.accepted(new UploadBuilder(name, "1.1.0"));
              delete(c, name);
              RegistryJson line = c.line(new UploadBuilder(name, "1.1.0"));
              expectStatus(c.owner().download(name, "1.1.0", line.text("cksum")), 200);
            })
        .needing(DELETION);
  }

  private static void publishes(CaseContext c) {
    RegistryClient job = job(c);
    publish(c, job, own(c));
    revoke(job);
  }

  private static void publish(CaseContext c, RegistryClient job, UploadBuilder crate) {
    RegistryResponse answer = job.publish(crate);
    expect(answer.isSuccess(), "a success", answer);
    c.line(crate);
  }

  /// Returns the next version of a new crate that jobs may publish.
  private static UploadBuilder own(CaseContext c) {
    UploadBuilder first = new UploadBuilder(c.name("j"), ONE);
    if (c.has("ci-creates")) {
      return first;
    }
    c.accepted(first);
    return new UploadBuilder(first.name(), "1.1.0");
  }

  private static void ownCrate(CaseContext c) {
    RegistryClient job = job(c);
    UploadBuilder own = own(c);
    publish(c, job, own);
    UploadBuilder other = new UploadBuilder(c.name("k"), ONE);
    c.accepted(other);
    c.refused(job, new UploadBuilder(other.name(), "1.1.0"));
    publish(c, job, new UploadBuilder(own.name(), "1.2.0"));
  }

  /// The job publishes the crate when it exists, so that the refusal was one of its creation.
  private static void updateOnly(CaseContext c) {
    RegistryClient job = job(c, UPDATES);
    UploadBuilder crate = new UploadBuilder(c.name("u"), ONE);
    expectStatus(c.refused(job, crate), 403);
    expect(c.owner().lines(crate.name()).isEmpty(), "no line in the index", crate.name());
    c.accepted(crate);
    publish(c, job, new UploadBuilder(crate.name(), "1.1.0"));
  }

  private static RegistryClient job(CaseContext c) {
    return job(c, TOKENS);
  }

  private static RegistryClient job(CaseContext c, String tokens) {
    RegistryResponse answer = exchange(c, c.jobToken(tokens));
    String token = answer.json().text("token");
    expect(answer.status() == 200 && !token.isEmpty(), "a token", answer);
    return c.owner().as(token);
  }

  private static RegistryResponse exchange(CaseContext c, String token) {
    return c.owner()
        .anonymous()
        .exchange(PATH, BodyPublishers.ofString("{\"jwt\":\"" + token + "\"}"));
  }

  private static void refusedToken(CaseContext c, String token) {
    RegistryResponse answer = exchange(c, token);
    expect(
        answer.status() >= 400 && answer.status() < 500 && !answer.detail().isEmpty(),
        "a refusal with a text",
        answer);
  }

  private static void revoke(RegistryClient job) {
    expectStatus(
        job.as("Bearer " + job.secret()).api("DELETE", PATH, BodyPublishers.noBody()), 204);
  }

  private static String deleted(CaseContext c) {
    String name = c.published();
    delete(c, name);
    return name;
  }

  private static void delete(CaseContext c, String name) {
    String address = c.declared(DELETION).replace("{crate}", name).replace("{version}", ONE);
    expectStatus(c.with("admin").delete(address), 200, 204);
  }
}
