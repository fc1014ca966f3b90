package lazaret.bundle.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.bundle.tuf.TestRepository.MemoryStore;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;

/// The additional rules of a caller.
class RoleRuleTest {
  private final TestRepository repository = TestRepository.published();
  private final MemoryStore store = new MemoryStore();

  @Test
  void isAskedByTheOldRootAndByTheNewAndOfEachRole() throws IOException {
    List<String> asked = new ArrayList<>();
    repository.nextRoot();
    store.kept.put(Roles.ROOT, repository.files.getOrDefault("1.root.json", Bytes.EMPTY));

    TufClient.refreshed(
        store,
        repository,
        Clock.fixed(TestRepository.NOW, ZoneOffset.UTC),
        new RoleRule() {
          @Override
          public void signed(SignedMetadata<?> file, SigningAuthority by, Set<String> good) {
            asked.add(
                "%s %d by root %d: %d"
                    .formatted(
                        by.role(), file.content().version(), by.root().version(), good.size()));
          }
        });

    assertThat(asked)
        .containsExactly(
            "root 1 by root 1: 1",
            "root 2 by root 1: 1",
            "root 2 by root 2: 1",
            "timestamp 1 by root 2: 1",
            "snapshot 1 by root 2: 1",
            "targets 1 by root 2: 1");
  }

  @Test
  void findsTheSignedFieldsOfARootThatTheSpecificationDoesNotKnow() {
    Map<String, JsonValue> more =
        Map.of("x-more", new JsonValue.Fields(Map.of("a", new JsonValue.Whole(1))));
    Metadata.Root root = repository.root;
    var extended = new Metadata.Root(1, root.expires(), true, root.keys(), root.roles(), more);

    Bytes file =
        MetadataWriter.file(MetadataWriter.signed(extended), repository.signers(Roles.ROOT));
    SignedMetadata<Metadata.Root> read = MetadataReader.root(file);

    assertThat(read.content()).isEqualTo(extended);
    assertThat(MetadataWriter.file(MetadataWriter.signed(read.content()), read.signatures()))
        .isEqualTo(file);
  }
}
