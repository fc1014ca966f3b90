package lazaret.signin.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lazaret.signin.workload.ClaimRequirement.Form;
import org.jspecify.annotations.Nullable;

/// The requirements of a binding. GitHub and GitLab repositories are identified by numbers, since a
/// name that was given up can be registered by another owner.
public sealed interface ClaimRequirements {
  /// Returns the kind of tokens that have these claims.
  WorkloadKind kind();

  /// Returns the single requirements, those of the identity first.
  List<ClaimRequirement> all();

  /// The requirements on a job of GitHub Actions.
  ///
  /// @param repositoryId the number of the repository, positive
  /// @param ownerId the number of the repository's owner, positive
  /// @param workflow the file name of the workflow, such as `release.yml`; null for any
  /// @param environment the environment of the job, in any case; null for any or none
  /// @param ref the complete ref, such as `refs/heads/main`; null for any
  /// @param forkEvents whether events that a fork can cause are accepted: `pull_request` and its
  ///   variants, and `workflow_run`
  record Github(
      long repositoryId,
      long ownerId,
      @Nullable String workflow,
      @Nullable String environment,
      @Nullable String ref,
      boolean forkEvents)
      implements ClaimRequirements {
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9._-]{1,100}\\.ya?ml");

    /// Checks all components.
    ///
    /// @throws IllegalArgumentException if a component does not have its form
    public Github {
      checkId(repositoryId);
      checkId(ownerId);
      if (workflow != null && !FILE.matcher(workflow).matches()) {
        throw new IllegalArgumentException("expected the file name of a workflow like release.yml");
      }
      checkText(environment);
      checkRef(ref);
    }

    @Override
    public WorkloadKind kind() {
      return WorkloadKind.GITHUB;
    }

    @Override
    public List<ClaimRequirement> all() {
      List<ClaimRequirement> all = new ArrayList<>();
      all.add(new ClaimRequirement("repository_id", Form.IDENTITY, Long.toString(repositoryId)));
      all.add(new ClaimRequirement("repository_owner_id", Form.IDENTITY, Long.toString(ownerId)));
      add(all, "workflow_ref", Form.WORKFLOW_FILE, workflow);
      add(all, "environment", Form.EQUAL_IGNORING_CASE, environment);
      add(all, "ref", Form.EQUAL, ref);
      add(all, "event_name", Form.NO_FORK, forkEvents ? null : "");
      return List.copyOf(all);
    }
  }

  /// The requirements on a job of GitLab CI/CD.
  ///
  /// @param projectId the number of the project, positive
  /// @param namespaceId the number of the project's namespace, positive
  /// @param ref the name of the branch or tag, such as `main`; null for any
  /// @param refType `branch` or `tag`, since both can have one name; null for any
  /// @param refProtected whether the branch or tag must be protected
  /// @param environment the environment of the job; null for any or none
  record Gitlab(
      long projectId,
      long namespaceId,
      @Nullable String ref,
      @Nullable String refType,
      boolean refProtected,
      @Nullable String environment)
      implements ClaimRequirements {
    /// Checks all components.
    ///
    /// @throws IllegalArgumentException if a component does not have its form
    public Gitlab {
      checkId(projectId);
      checkId(namespaceId);
      checkText(ref);
      if (refType != null) {
        checkRefType(refType);
      }
      checkText(environment);
    }

    /// Checks the type of a ref.
    ///
    /// @throws IllegalArgumentException if it has another form
    public static void checkRefType(String type) {
      if (!type.equals("branch") && !type.equals("tag")) {
        throw new IllegalArgumentException("expected branch or tag");
      }
    }

    @Override
    public WorkloadKind kind() {
      return WorkloadKind.GITLAB;
    }

    @Override
    public List<ClaimRequirement> all() {
      List<ClaimRequirement> all = new ArrayList<>();
      all.add(new ClaimRequirement("project_id", Form.IDENTITY, Long.toString(projectId)));
      all.add(new ClaimRequirement("namespace_id", Form.IDENTITY, Long.toString(namespaceId)));
      add(all, "ref", Form.EQUAL, ref);
      add(all, "ref_type", Form.EQUAL, refType);
      add(all, "ref_protected", Form.EQUAL, refProtected ? "true" : null);
      add(all, "environment", Form.EQUAL, environment);
      return List.copyOf(all);
    }
  }

  /// The requirements on a job of any other issuer.
  ///
  /// @param subject the claim `sub`; its beginning if the text ends in `:` or `/`
  /// @param claims the values of further claims, at most 20
  record Generic(String subject, SortedMap<String, String> claims) implements ClaimRequirements {
    private static final int MAX_CLAIMS = 20;
    private static final int MIN_PREFIX = 4;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,100}");

    /// Checks all components and copies the map.
    ///
    /// @throws IllegalArgumentException if a component does not have its form
    public Generic {
      claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
      checkText(subject);
      if (isPrefix(subject) && subject.length() < MIN_PREFIX) {
        throw new IllegalArgumentException("expected a subject of at least 4 characters");
      }
      if (claims.size() > MAX_CLAIMS) {
        throw new IllegalArgumentException("expected at most 20 claims, found " + claims.size());
      }
      for (Map.Entry<String, String> claim : claims.entrySet()) {
        if (!NAME.matcher(claim.getKey()).matches()) {
          throw new IllegalArgumentException("expected the name of a claim as a key");
        }
        checkText(claim.getValue());
      }
    }

    @Override
    public WorkloadKind kind() {
      return WorkloadKind.GENERIC;
    }

    @Override
    public List<ClaimRequirement> all() {
      List<ClaimRequirement> all = new ArrayList<>();
      Form form = isPrefix(subject) ? Form.IDENTITY_PREFIX : Form.IDENTITY;
      all.add(new ClaimRequirement("sub", form, subject));
      claims.forEach((name, value) -> add(all, name, Form.EQUAL, value));
      return List.copyOf(all);
    }

    private static boolean isPrefix(String subject) {
      return subject.endsWith(":") || subject.endsWith("/");
    }
  }

  private static void add(
      List<ClaimRequirement> all, String claim, Form form, @Nullable String expected) {
    if (expected != null) {
      all.add(new ClaimRequirement(claim, form, expected));
    }
  }

  private static void checkId(long id) {
    if (id <= 0) {
      throw new IllegalArgumentException("expected positive numbers as ids");
    }
  }

  private static void checkText(@Nullable String text) {
    if (text != null
        && (text.isBlank() || text.length() > 500 || !text.chars().allMatch(c -> c >= ' '))) {
      throw new IllegalArgumentException(
          "expected texts of 1 to 500 characters without control characters");
    }
  }

  private static void checkRef(@Nullable String ref) {
    checkText(ref);
    if (ref != null && !ref.startsWith("refs/")) {
      throw new IllegalArgumentException("expected a complete ref like refs/heads/main");
    }
  }
}
