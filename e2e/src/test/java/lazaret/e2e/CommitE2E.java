package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GitRepository;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.Test;

/// The hook of `docs/ci.md`, run by `git commit` itself.
class CommitE2E {
  @Test
  void commitsOfRefusedLockfilesAreStoppedAndOthersAreNot() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "there is no git");
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Cargo cargo = Cargo.fresh(scene.gate());
      cargo.run(project.folder(), "fetch").ok();
      GitRepository repository = GitRepository.in(project.folder(), scene.gate().data());

      repository.git("add", ".").ok();
      repository.git("commit", "-m", "a lockfile that passes").ok();

      scene.http().decide("deny", "leaks the environment", "alpha@1.2.0");
      project.lock("# touched\n" + project.lock());
      repository.git("add", "Cargo.lock").ok();
      ProgramResult refused = repository.git("commit", "-m", "a lockfile that does not").exits(1);
      assertThat(refused.err())
          .contains("alpha")
          .contains("leaks the environment")
          .contains("fix:      cargo update\n")
          .contains("Cargo.lock is not committed (vetting-cli ended with 1)");

      // The file in the work tree does not count: the refused lockfile is still staged.
      cargo.run(project.folder(), "update", "-p", "alpha@1.2.0", "--precise", "1.1.0").ok();
      repository.git("commit", "-m", "mended but not staged").exits(1);
      repository.git("add", "Cargo.lock").ok();
      repository.git("commit", "-m", "mended").ok();
    }
  }

  @Test
  void withoutAGateALockfileNeedsTheOptionOfGit() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "there is no git");
    CargoProjectFolder project = CargoProjectFolder.with();
    project.lock("version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n");
    GitRepository repository = GitRepository.in(project.folder(), WorkFolder.folder("nothing"));

    repository.git("add", "Cargo.toml").ok();
    repository.git("commit", "-m", "no lockfile, no question").ok();
    repository.git("add", "Cargo.lock").ok();
    ProgramResult stopped = repository.git("commit", "-m", "unchecked").exits(1);
    assertThat(stopped.err())
        .contains("does not answer")
        .contains("vetting-cli ended with 3")
        .contains("git commit --no-verify");
    repository.git("commit", "--no-verify", "-m", "unchecked, and said so").ok();
  }
}
