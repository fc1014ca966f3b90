package lazaret.cli.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.cli.desk.CliException;
import lazaret.cli.hosting.PrivateImportRun.Archive;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.hosting.PrivateImportReply;
import lazaret.vetting.deskapi.hosting.PrivateImportReply.Outcome;
import lazaret.vetting.deskapi.hosting.PrivateImportRequest;
import org.junit.jupiter.api.Test;

class PrivateImportRunTest {
  private static final String OTHER = "sparse+https://other.example/index/";
  private static final String THIRD = "sparse+https://third.example/index/";

  private final Map<String, List<String>> needed = new HashMap<>();
  private final Set<String> stored = new HashSet<>();
  private final List<String> order = new ArrayList<>();

  /// Imports one version as a desk does.
  private Reply<PrivateImportReply> desk(PrivateImportRequest request) {
    String name = request.name().published();
    if (name.startsWith("bad")) {
      return new Reply.Refused<>(
          List.of(new Problem(ErrorCode.REFUSED_BY_POLICY, "refused")), 403, null);
    }
    if (name.startsWith("far")) {
      return replied(
          request,
          Outcome.FOREIGN,
          List.of(),
          name.equals("far-app") ? List.of(OTHER, THIRD) : List.of(OTHER));
    }
    List<String> missing =
        needed.getOrDefault(name, List.of()).stream()
            .filter(each -> !stored.contains(each))
            .toList();
    Outcome outcome = Outcome.PUBLISHED;
    if (!missing.isEmpty() && !request.dryRun()) {
      outcome = Outcome.WAITING;
    } else if (!request.dryRun()) {
      stored.add(name);
      order.add(name + " " + request.version().text());
    }
    return replied(request, outcome, missing, List.of());
  }

  private static Reply<PrivateImportReply> replied(
      PrivateImportRequest request,
      Outcome outcome,
      List<String> missing,
      List<String> registries) {
    return new Reply.Done<>(
        new PrivateImportReply(
            request.name(),
            request.version(),
            outcome,
            registries.isEmpty() ? null : "of another registry",
            missing,
            registries),
        () -> Bytes.EMPTY);
  }

  private PrivateImportRun run(boolean isDry) {
    return new PrivateImportRun(this::desk, "ada", isDry);
  }

  private static Archive archive(String name, String version) {
    return new Archive(
        CrateName.parse(name), CrateVersion.parse(version), false, () -> Bytes.EMPTY);
  }

  @Test
  void neededCratesComeFirstAndVersionsInOrder() {
    needed.put("acme-app", List.of("acme-base", "acme-core"));
    needed.put("acme-base", List.of("acme-core"));
    PrivateImportRun run = run(false);
    int[] steps = {0};

    run.take(
        List.of(
            archive("acme-core", "1.10.0"),
            archive("acme-core", "1.9.0"),
            archive("acme-app", "1.0.0"),
            archive("acme-base", "1.0.0")),
        () -> steps[0]++);

    assertThat(order)
        .containsExactly(
            "acme-core 1.9.0", "acme-core 1.10.0", "acme-base 1.0.0", "acme-app 1.0.0");
    assertThat(run.count(Outcome.PUBLISHED)).isEqualTo(4);
    assertThat(run.problems()).isEmpty();
    assertThat(steps[0]).isEqualTo(4);
  }

  @Test
  void versionsThatNeedAnAbsentCrateAreRefusedAtTheEnd() {
    needed.put("acme-app", List.of("acme-lost"));
    needed.put("acme-round", List.of("acme-app"));
    for (boolean isDry : new boolean[] {false, true}) {
      PrivateImportRun run = run(isDry);

      run.take(
          List.of(
              archive("acme-app", "1.0.0"),
              archive("acme-core", "1.0.0"),
              archive("acme-round", "1.0.0")),
          () -> {});

      assertThat(run.count(Outcome.PUBLISHED)).as("dry %s", isDry).isOne();
      assertThat(run.problems()).extracting(Problem::name).containsOnly("acme-app", "acme-round");
      assertThat(run.problems().getFirst().detail()).contains("acme-lost");
    }
    assertThat(stored).containsOnly("acme-core");
  }

  @Test
  void versionsOfOtherRegistriesAreRefusedAndTheirAddressesCounted() {
    needed.put("acme-app", List.of("far-core"));
    PrivateImportRun run = run(true);

    run.take(
        List.of(
            archive("far-app", "1.0.0"),
            archive("far-core", "1.0.0"),
            archive("acme-app", "1.0.0")),
        () -> {});

    assertThat(run.registries()).containsExactly(Map.entry(OTHER, 2), Map.entry(THIRD, 1));
    assertThat(run.problems())
        .extracting(Problem::name)
        .containsExactlyInAnyOrder("far-app", "far-core", "acme-app");
    assertThat(run.count(Outcome.FOREIGN)).isZero();
  }

  @Test
  void unknownOwnerEndsTheImportAtTheFirstVersion() {
    int[] asked = {0};
    PrivateImportRun run =
        new PrivateImportRun(
            _ -> {
              asked[0]++;
              Problem problem = new Problem(ErrorCode.UNKNOWN, "cannot import for 'group:x'");
              return new Reply.Refused<>(List.of(problem), 404, null);
            },
            "group:x",
            true);

    assertThatThrownBy(
            () ->
                run.take(List.of(archive("acme-a", "1.0.0"), archive("acme-b", "1.0.0")), () -> {}))
        .isInstanceOf(CliException.class)
        .hasMessage("cannot import for 'group:x'");
    assertThat(asked[0]).isOne();
  }

  @Test
  void refusedAndUnreadableVersionsDoNotStopTheOthers() {
    PrivateImportRun run = run(false);
    Archive unreadable =
        new Archive(
            CrateName.parse("acme-torn"),
            CrateVersion.parse("1.0.0"),
            false,
            () -> {
              throw new CliException(ErrorCode.CKSUM_MISMATCH, "another SHA-256");
            });

    run.take(List.of(archive("bad", "1.0.0"), unreadable, archive("acme-z", "1.0.0")), () -> {});

    assertThat(order).containsExactly("acme-z 1.0.0");
    assertThat(run.problems())
        .extracting(Problem::code)
        .containsExactly(ErrorCode.CKSUM_MISMATCH, ErrorCode.REFUSED_BY_POLICY);
  }
}
