/// The code of a difference as values for templates: files, hunks, rows, findings, notes.
@NullMarked
package lazaret.web.diff;

import org.jspecify.annotations.NullMarked;
