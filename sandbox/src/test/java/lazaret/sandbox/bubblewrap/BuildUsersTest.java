package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildUsersTest {
  @TempDir Path folder;

  private BuildUsers users(RandomGenerator random) {
    return new BuildUsers(folder.resolve("users"), random);
  }

  private Path target(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  @Test
  void noTwoTargetFoldersHaveOneUser() throws IOException {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      given.add(users(RandomGenerator.getDefault()).of(target("t" + i)));
    }

    assertThat(given)
        .hasSize(400)
        .allMatch(user -> user >= BuildUsers.FIRST && user < BuildUsers.FIRST + BuildUsers.COUNT);
  }

  @Test
  void aNumberThatIsTakenIsNotGivenAgain() throws IOException {
    int first = users(new Stuck(7)).of(target("one"));
    int second = users(new Stuck(7)).of(target("other"));

    assertThat(first).isEqualTo(BuildUsers.FIRST + 7);
    assertThat(second).isEqualTo(BuildUsers.FIRST + 8);
  }

  @Test
  void aTargetFolderKeepsItsUserAndACopyOfItGetsAnother() throws IOException {
    Path target = target("one");
    int user = users(RandomGenerator.getDefault()).of(target);
    own(target, user);
    Path copy = target("copy");
    own(copy, user);

    assertThat(users(RandomGenerator.getDefault()).of(target)).isEqualTo(user);
    assertThat(users(RandomGenerator.getDefault()).of(copy)).isNotEqualTo(user);
  }

  @Test
  void aTargetFolderThatWasMovedKeepsItsUser() throws IOException {
    Path target = target("one");
    int user = users(RandomGenerator.getDefault()).of(target);
    own(target, user);
    Path moved = Files.move(target, folder.resolve("moved"));

    assertThat(users(RandomGenerator.getDefault()).of(moved)).isEqualTo(user);
  }

  private static void own(Path path, int user) throws IOException {
    assumeTrue((Integer) Files.getAttribute(path, "unix:uid") == 0, "takes root");
    Files.setAttribute(path, "unix:uid", user);
  }

  /// A generator that returns one number three times, and then the following ones.
  private static final class Stuck implements RandomGenerator {
    private final int start;
    private int calls;

    Stuck(int start) {
      this.start = start;
    }

    @Override
    public long nextLong() {
      throw new IllegalStateException("only numbers below a bound are asked for");
    }

    @Override
    public int nextInt(int bound) {
      return start + Math.max(0, calls++ - 2);
    }
  }
}
