package lazaret.mirror.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.testkit.ManualClock;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.SharedData;
import lazaret.testkit.UpstreamContent;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.gate.upstream.Upstream.ArtifactResponse;
import lazaret.vetting.gate.upstream.Upstream.IndexResponse;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.Test;

/// A real slice of the public registry, over HTTP and from a folder: every artifact arrives byte
/// for byte.
class UpstreamSliceTest {
  private static final ManualClock CLOCK = ManualClock.at("2026-11-24T12:00:00Z");

  private static SharedData shared() {
    var found = SharedData.find();
    assumeTrue(found.isPresent(), "the shared data is not here");
    return found.orElseThrow();
  }

  @Test
  void folderYieldsTheWholeSlice() {
    SharedData shared = shared();
    Path folder = shared.folder().resolve("data/upstream");
    assertYields(new FolderUpstream(folder, UpstreamOptions.DEFAULTS, CLOCK), shared.artifacts());
  }

  @Test
  void httpYieldsTheWholeSlice() {
    SharedData shared = shared();
    Path folder = shared.folder().resolve("data/upstream");
    try (ScriptedUpstream remote = ScriptedUpstream.start(UpstreamContent.ofFolder(folder))) {
      remote.gzip(true);
      URI index = URI.create(remote.indexUrl());
      assertYields(new HttpUpstream(index, UpstreamOptions.DEFAULTS, CLOCK), shared.artifacts());
    }
  }

  private static void assertYields(Upstream from, List<SharedData.Artifact> artifacts) {
    try (Upstream upstream = from) {
      assertThat(artifacts).hasSizeGreaterThan(600);
      Set<CrateName> names = new HashSet<>();
      for (SharedData.Artifact artifact : artifacts) {
        var bytes = artifact.read();
        CrateId id = artifact.id(bytes);
        ArtifactResponse answer = upstream.artifact(id);
        assertThat(answer).as(artifact.toString()).isInstanceOf(ArtifactResponse.Received.class);
        assertThat(((ArtifactResponse.Received) answer).crate().bytes()).isEqualTo(bytes);
        if (names.add(id.name())) {
          assertThat(upstream.index(id.name(), Validators.NONE))
              .isInstanceOf(IndexResponse.Fresh.class);
        }
      }
    }
  }
}
