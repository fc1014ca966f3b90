// Synthetic, inert fixture written from public reports
/// The address as a picture in SVG.
#[cfg(feature = "local-picture")]
pub fn picture(address: &str) -> Result<String, String> {
    let code = qrcode::QrCode::new(address.as_bytes()).map_err(|e| e.to_string())?;
    Ok(code.render::<qrcode::render::svg::Color>().min_dimensions(200, 200).build())
}

/// The address as a picture in SVG.
#[cfg(not(feature = "local-picture"))]
pub fn picture(address: &str) -> Result<String, String> {
    let answer = ureq::get("https://chart.qr-lines.invalid/v2/svg")
        .query("size", "200")
        .query("level", "M")
        .query("data", address)
        .call()
        .map_err(|e| e.to_string())?;
    answer.into_string().map_err(|e| e.to_string())
}
