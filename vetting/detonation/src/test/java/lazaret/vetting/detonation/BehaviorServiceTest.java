package lazaret.vetting.detonation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.detonation.BehaviorReport.Group;
import lazaret.vetting.detonation.BehaviorReport.Kind;
import lazaret.vetting.detonation.BehaviorReport.Line;
import lazaret.vetting.detonation.BehaviorReport.Place;
import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BehaviorServiceTest {
  private static final Trace CC = new Trace(Detonation.Kind.RAN, "/usr/bin/cc");
  private static final Trace CURL = new Trace(Detonation.Kind.RAN, "/usr/bin/curl");
  private static final Trace CONNECT = new Trace(Detonation.Kind.DENIED, "connect 203.0.113.7:443");
  private static final Trace WROTE = new Trace(Detonation.Kind.WROTE, "$OUT_DIR/a.rs");

  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId publish(String version, int daysOld, String... script) {
    String source = "fn main() {\n" + String.join("\n", script) + "\n}\n";
    return station.publish(CrateBuilder.crate("alpha", version).buildScript(source), daysOld);
  }

  private void file(CrateId id, String ending, Trace... traces) {
    var observation = new DetonationService.Observation(ending, new TreeSet<>(List.of(traces)));
    assertThat(
            new DetonationService(station.parts, station.gate)
                .file(id.name(), id.version(), id.cksum(), observation, "ann"))
        .isInstanceOf(DetonationService.Result.Done.class);
  }

  private BehaviorReport report(CrateId id) {
    return report(id, null);
  }

  private BehaviorReport report(CrateId id, @Nullable String base) {
    return new BehaviorService(station.parts, station.gate, station.desk.reviews().capabilities())
        .report(id.name(), id.version(), base == null ? null : CrateVersion.parse(base))
        .orElseThrow();
  }

  private Line only(CrateId id, Trace trace) {
    file(id, "built", trace);
    List<Line> lines = report(id).lines();
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }

  @Test
  void groupsTheEventsAgainstTheApprovedBase() {
    CrateId base = publish("1.0.0", 100);
    CrateId version =
        publish(
            "1.1.0",
            1,
            "    std::process::Command::new(\"cc\").status().unwrap();",
            "    std::process::Command::new(\"curl\").status().unwrap();",
            "    let _ = std::net::TcpStream::connect(\"203.0.113.7:443\");");
    station.decide(Decision.Kind.APPROVE, base);
    file(base, "built", CC, WROTE);
    file(version, "built", CC, CURL, CONNECT);

    BehaviorReport report = report(version);

    assertThat(report.lines())
        .extracting(Line::group, Line::kind, Line::what)
        .containsExactly(
            tuple(Group.NEW, Kind.HOST, "203.0.113.7:443"),
            tuple(Group.NEW, Kind.PROCESS, "/usr/bin/curl"),
            tuple(Group.GONE, Kind.FILE_WRITTEN, "$OUT_DIR/a.rs"),
            tuple(Group.AS_BEFORE, Kind.PROCESS, "/usr/bin/cc"));
    assertThat(report.lines())
        .extracting(line -> line.places().stream().map(Place::line).toList())
        .containsExactly(List.of(4), List.of(3), List.of(), List.of(2));
    assertThat(report.lines().get(1).places().getFirst().named()).isTrue();
    assertThat(report.lines().get(1).statement()).isNull();
    assertThat(report.lines().get(2).statement()).isEqualTo("Only the build of 1.0.0 shows it.");
    assertThat(report.notSeen())
        .containsExactly(
            Kind.CREDENTIAL,
            Kind.SYSTEM,
            Kind.FILE_READ,
            Kind.VARIABLE,
            Kind.INSTRUCTION,
            Kind.LIMIT);
  }

  @Test
  void aVersionWithoutEvidenceHasNoLines() {
    BehaviorReport report = report(publish("1.0.0", 1));

    assertThat(report.evidence()).isNull();
    assertThat(report.lines()).isEmpty();
    assertThat(report.notSeen()).isEmpty();
    assertThat(report.limits()).contains("Code that runs only after the build is not observed.");
  }

  @Test
  void statesThatNoPlaceShowsAnEvent() {
    Line line = only(publish("1.0.0", 1), CURL);

    assertThat(line.group()).isEqualTo(Group.NOT_COMPARED);
    assertThat(line.places()).isEmpty();
    assertThat(line.statement()).isEqualTo("No place in this crate shows it.");
  }

  @Test
  void linksAProgramThatTheSourceComputesByItsCapability() {
    CrateId id =
        publish(
            "1.0.0",
            1,
            "    let tool = std::env::var(\"TOOL\").unwrap();",
            "    std::process::Command::new(tool).status().unwrap();");

    Line line = only(id, CURL);

    assertThat(line.places()).isNotEmpty().noneMatch(Place::named);
    assertThat(line.places())
        .anyMatch(
            place ->
                place.capability() == Capability.PROCESS
                    && place.path().equals("build.rs")
                    && place.line() == 3);
    assertThat(line.statement()).isNull();
  }

  @Test
  void codeThatOnlyRunsLaterIsNoPlaceOfAProgram() {
    CrateBuilder crate =
        CrateBuilder.crate("alpha", "1.0.0")
            .buildScript("fn main() {}\n")
            .file(
                "src/lib.rs",
                "pub fn run(tool: &str) { std::process::Command::new(tool).spawn().unwrap(); }\n");

    assertThat(only(station.publish(crate, 1), CURL).places()).isEmpty();
  }

  @Test
  void aVariableOfTheLibraryIsLinkedByItsName() {
    CrateBuilder crate =
        CrateBuilder.crate("alpha", "1.0.0")
            .file("src/lib.rs", "\npub const HOST: &str = env!(\"BUILD_HOST\");\n");

    Line line =
        only(station.publish(crate, 1), new Trace(Detonation.Kind.READ, "variable BUILD_HOST"));

    assertThat(line.kind()).isEqualTo(Kind.VARIABLE);
    assertThat(line.places())
        .extracting(Place::path, Place::line, Place::named)
        .containsExactly(tuple("src/lib.rs", 2, true));
  }

  @Test
  void statesWhichCrateOrToolStartedAProgram() {
    CrateId id = publish("1.0.0", 1);
    file(
        id,
        "built",
        new Trace(Detonation.Kind.RAN, "/opt/rust/bin/rustc"),
        new Trace(Detonation.Kind.RAN, "/out/debug/build/alpha/build-script-build"),
        new Trace(Detonation.Kind.RAN, "/out/debug/build/libc/build-script-build"));

    List<Line> lines = report(id).lines();

    assertThat(lines)
        .extracting(Line::statement)
        .containsExactly(
            "It is a program of the Rust toolchain, which each build starts.",
            "It is the build script of this crate.",
            "No place in this crate shows it: it is the build script of libc.");
    assertThat(lines.getLast().crate()).isEqualTo("libc");
  }

  @Test
  void aCrateThatTheRecordNamesDoesNotHideThePlacesOfThisOne() {
    CrateId id =
        publish("1.0.0", 1, "    let _ = std::net::TcpStream::connect(\"203.0.113.7:443\");");

    Line line = only(id, new Trace(Detonation.Kind.DENIED, "connect 203.0.113.9:443 by libc"));

    assertThat(line.crate()).isEqualTo("libc");
    assertThat(line.statement()).isEqualTo("The record names libc as its origin.");
    assertThat(line.places()).isNotEmpty();
  }

  @Test
  void anInstructionWithoutACapabilityIsStatedAsSuch() {
    Line line = only(publish("1.0.0", 1), new Trace(Detonation.Kind.SAID, "rustc-cfg=a"));

    assertThat(line.kind()).isEqualTo(Kind.INSTRUCTION);
    assertThat(line.statement())
        .isEqualTo("Inspection has no capability for it, and no place in this crate names it.");
  }

  @Test
  void comparesWithTheNamedBase() {
    CrateId base = publish("1.0.0", 100);
    CrateId version = publish("1.1.0", 1);
    publish("1.0.5", 50);
    file(base, "built", CC);
    file(version, "built", CC, CURL);

    assertThat(report(version).lines()).extracting(Line::group).containsOnly(Group.NOT_COMPARED);
    assertThat(report(version, "1.0.0").lines())
        .extracting(Line::group)
        .containsExactly(Group.NEW, Group.AS_BEFORE);
    assertThat(report(version, "1.0.5").lines())
        .extracting(Line::group)
        .containsOnly(Group.NOT_COMPARED);
    assertThatThrownBy(() -> report(version, "9.0.0"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot compare with 'alpha 9.0.0': there is no such version");
  }

  @Test
  void evidenceIsShownThoughTheSourcesCannotBeRead() {
    CrateId id = publish("1.0.0", 1);
    file(id, "built", CURL);
    station.upstream.down = true;

    BehaviorReport report = report(id);

    assertThat(Objects.requireNonNull(report.unread()).detail()).isNotEmpty();
    assertThat(report.lines().getFirst().statement()).isEqualTo("The sources cannot be read.");
  }

  @Test
  void aBuildThatEndedEarlyIsALimit() {
    CrateId id = publish("1.0.0", 1);
    file(id, "exit 101", CC);

    assertThat(report(id).limits())
        .first()
        .isEqualTo("The build did not end well (exit 101): code after that did not run.");
  }
}
