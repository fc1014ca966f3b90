/// Access to files of a project, which its authors and its build scripts control.
@NullMarked
package lazaret.cli.files;

import org.jspecify.annotations.NullMarked;
