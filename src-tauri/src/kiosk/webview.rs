//! What the web view offers by itself and a kiosk must not: refused here, behind the page's own restraint.

use tauri::webview::PlatformWebview;
use webkit2gtk::{
    FileChooserRequestExt as _, HardwareAccelerationPolicy, PermissionRequestExt as _, PrintOperation,
    SettingsExt as _, WebViewExt as _,
};

/// No context menu, no file chooser, no printing dialog, no new window, no permission, no dialog of a script, no
/// swipe back: each would show the system behind the page, in another size, colour and language.
pub(crate) fn close_the_side_doors(webview: PlatformWebview) {
    let view = webview.inner();
    if let Some(settings) = webkit2gtk::WebViewExt::settings(&view) {
        settings.set_enable_back_forward_navigation_gestures(false);
        settings.set_enable_html5_database(false);
        settings.set_enable_html5_local_storage(false);
        settings.set_enable_page_cache(false);
        // The page has nothing to accelerate: no layer moves, nothing blends. A graphics context would cost memory and time
        // at the start, and bring the blank screens that some drivers are known for.
        settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
    }
    view.connect_context_menu(|_, _, _, _| true);
    view.connect_run_file_chooser(|_, request| {
        request.cancel();
        true
    });
    view.connect_print(|_, _: &PrintOperation| true);
    view.connect_permission_request(|_, request| {
        request.deny();
        true
    });
    view.connect_create(|_, _| None);
    view.connect_script_dialog(|_, _| true);
}
