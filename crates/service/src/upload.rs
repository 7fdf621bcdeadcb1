//! `Upload`: a body as it comes in: read no further than it may, and taken apart where it is a form in parts.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;

use crate::door::is_upload;

/// A body, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// The message.
    pub(crate) message: Bytes,
    /// The file beside it.
    pub(crate) file: Option<Bytes>,
}

/// Why a body was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is too large: for an upload, or for what is none.
    TooLarge {
        /// Was it measured as an upload?
        upload: bool,
    },
    /// The sender went away.
    Broken,
}

/// How large a body may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// With a file.
    pub(crate) upload: usize,
    /// Without.
    pub(crate) message: usize,
}

/// The part of a form that holds the message, and the one that holds the file, in small letters.
const PARTS: (&str, &str) = ("jsonstr", "file");

impl Upload {
    /// Reads a request's body. What is larger than a message may be is read on only if it is an upload.
    pub(crate) async fn read(request: Request, bounds: Bounds) -> Result<Upload, Unread> {
        let (parts, body) = request.into_parts();
        let in_parts = is_in_parts(&parts.headers);
        let path = parts.uri.path().to_owned();
        let bytes = whole(body, &parts.headers, bounds, |begun| {
            in_parts || is_upload(&path, begun)
        })
        .await?;
        let bytes = Bytes::from(bytes);
        if !in_parts {
            return Ok(Upload {
                message: bytes,
                file: None,
            });
        }
        let form = Request::from_parts(parts, Body::from(bytes.clone()));
        // Some name a form and send the bare message: then the whole is the message.
        let apart = apart(form).await.unwrap_or_default();
        if apart.message.is_empty() {
            return Ok(Upload {
                message: bytes,
                file: None,
            });
        }
        Ok(apart)
    }
}

fn is_in_parts(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start()
        .get(..19)
        .is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/form-data"))
}

/// The bytes of a body. `upload` says, by its beginning, whether it may be as large as an upload.
async fn whole(
    mut body: Body,
    headers: &HeaderMap,
    bounds: Bounds,
    upload: impl Fn(&[u8]) -> bool,
) -> Result<Vec<u8>, Unread> {
    let announced = headers.get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|text| text.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > bounds.upload.max(bounds.message)) {
        return Err(Unread::TooLarge { upload: true });
    }
    let mut bytes = Vec::with_capacity(announced.unwrap_or_default().min(bounds.message));
    let mut most = bounds.message;
    let mut measured = false;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else {
            continue;
        };
        bytes.extend_from_slice(&data);
        if bytes.len() > most && !measured && upload(&bytes) {
            (most, measured) = (bounds.upload, true);
        }
        if bytes.len() > most {
            return Err(Unread::TooLarge { upload: measured });
        }
    }
    Ok(bytes)
}

async fn apart(form: Request) -> Option<Upload> {
    let mut form = Multipart::from_request(form, &()).await.ok()?;
    let (mut message, mut file) = (None, None);
    while let Some(part) = form.next_field().await.ok()? {
        let name = part.name().unwrap_or_default().to_ascii_lowercase();
        let named = part.file_name().is_some();
        let bytes = part.bytes().await.ok()?;
        if name == PARTS.0 && message.is_none() {
            message = Some(bytes);
        } else if (name == PARTS.1 || named) && file.is_none() {
            file = Some(bytes);
        }
    }
    Some(Upload {
        message: message?,
        file,
    })
}
