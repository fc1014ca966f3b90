@NullMarked
package lazaret.vetting.desk.audits;

import org.jspecify.annotations.NullMarked;
