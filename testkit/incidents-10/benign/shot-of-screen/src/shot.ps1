# Synthetic, inert fixture written from public reports
param([Parameter(Mandatory = $true)][string]$Path)
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$area = [System.Windows.Forms.SystemInformation]::VirtualScreen
$picture = New-Object System.Drawing.Bitmap $area.Width, $area.Height
try {
    $pen = [System.Drawing.Graphics]::FromImage($picture)
    $pen.CopyFromScreen($area.Left, $area.Top, 0, 0, $picture.Size)
    $picture.Save($Path, [System.Drawing.Imaging.ImageFormat]::Png)
} finally {
    $picture.Dispose()
}
