@NullMarked
package lazaret.vetting.audit.files;

import org.jspecify.annotations.NullMarked;
