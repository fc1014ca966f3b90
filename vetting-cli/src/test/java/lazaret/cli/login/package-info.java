/// Tests of login and logout.
@NullMarked
package lazaret.cli.login;

import org.jspecify.annotations.NullMarked;
