package lazaret.sandbox.watch;

import java.security.SecureRandom;
import java.util.List;

/// A credential without function that no honest build reads.
///
/// @param name the path of the file in a home folder
/// @param value the secret value, unique with near certainty
/// @param text the content of the file
record Decoy(String name, String value, String text) {
  private static final int VALUE_LENGTH = 36;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// The names and contents, with a placeholder for the value.
  private static final List<String[]> FORMS =
      List.of(
          form(
              ".ssh/id_ed25519",
              """
              -----BEGIN OPENSSH PRIVATE KEY-----
              b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
              QyNTUxOQAAACD%sAAAAIhQ
              AAAAC3NzaC1lZDI1NTE5AAAAIA==
              -----END OPENSSH PRIVATE KEY-----
              """),
          form(
              ".aws/credentials",
              """
              [default]
              aws_access_key_id = AKIAQ7WDNTR5HXZ2LKMB
              aws_secret_access_key = %s
              """),
          form(
              ".cargo/credentials.toml",
              """
              [registry]
              token = "cio%s"
              """),
          form(
              ".netrc",
              """
              machine github.com
              login build
              password ghp_%s
              """),
          form(".git-credentials", "https://build:ghp_%s@github.com\n"),
          form(
              ".config/gh/hosts.yml",
              """
              github.com:
                  user: build
                  oauth_token: gho_%s
              """),
          form(
              ".docker/config.json",
              """
              {"auths": {"https://index.docker.io/v1/": {"identitytoken": "%s"}}}
              """),
          form(
              ".kube/config",
              """
              apiVersion: v1
              kind: Config
              users:
              - name: build
                user:
                  token: %s
              """),
          form(".npmrc", "//registry.npmjs.org/:_authToken=npm_%s\n"),
          form(".env", "DATABASE_URL=postgres://app:%s@db.internal/app\n"));

  private static String[] form(String name, String text) {
    return new String[] {name, text};
  }

  /// Makes one decoy of each kind with a new value.
  static List<Decoy> ofEachKind() {
    return FORMS.stream().map(form -> of(form[0], form[1])).toList();
  }

  /// Makes a file of environment variables with a new value.
  static Decoy environment(String name) {
    return of(name, FORMS.getLast()[1]);
  }

  private static Decoy of(String name, String text) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < VALUE_LENGTH; i++) {
      value.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return new Decoy(name, value.toString(), text.formatted(value));
  }
}
