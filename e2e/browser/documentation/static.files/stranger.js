window.stranger = true
