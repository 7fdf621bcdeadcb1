//! Files over the wire: sending one (9101), fetching one (9102).

use agency::domain::day::Span;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use tokio::task::spawn_blocking;

use super::extract::Extract;
use super::fields::catalogue::{IN_9101_BESIDE_FILE, IN_9101_FS_UPLOAD_IN, IN_9102_FS_DOWNLOAD_IN};
use super::read::{Faulty, Fields, Rule};
use super::refusal::Refusal;
use super::work::{Done, Work, key};
use super::write::Out;
use crate::files::{FileError, FileNumber, Files, Label, bare_name};

/// 9101: keeps a file: the one beside the message, else the one in it.
pub(super) async fn upload(work: &Work<'_>) -> Result<Done, Refusal> {
    let (name, bytes) = work.read(|reader| {
        let beside = work.file.filter(|file| !file.is_empty());
        let shape = match beside {
            Some(_) => &IN_9101_BESIDE_FILE,
            None => &IN_9101_FS_UPLOAD_IN,
        };
        let data = reader.one(shape)?;
        own(work, &data)?;
        let name = bare_name(data.text("filename")?);
        let name = name.ok_or_else(|| data.refuse("filename", Rule::FileName));
        let bytes = match beside {
            Some(file) => Ok(file.to_vec()),
            None => data.bytes("in"),
        };
        let (name, bytes) = (name?.to_owned(), bytes?);
        if bytes.is_empty() {
            return Err(data.refuse("in", Rule::Present));
        }
        Ok((name, bytes))
    })?;
    let label = Label::new(name, work.message.institution.as_ref(), work.day());
    let (number, label) = keep(work, label, bytes).await?;
    let mut out = Out::new();
    out.text("file_qury_no", number.as_str())
        .text("filename", &label.name)
        .text("fixmedins_code", &label.owner)
        .text("dld_endtime", &label.until.to_string());
    Ok(Done::Output(out.json()))
}

/// A file is its sender's; the table asks for the code a second time.
fn own(work: &Work<'_>, data: &Fields<'_>) -> Result<(), Faulty> {
    match data.opt_text("fixmedins_code")? {
        Some(code) if code != work.message.institution => {
            Err(data.refuse("fixmedins_code", Rule::Sender))
        }
        _ => Ok(()),
    }
}

/// Keeps what a message brings or what was made for it, under the message's own number.
///
/// # Errors
/// When the message already has another file, or the folder did not take it.
pub(super) async fn keep(
    work: &Work<'_>,
    label: Label,
    bytes: Vec<u8>,
) -> Result<(FileNumber, Label), Refusal> {
    let message = work.message;
    let number = FileNumber::of(&key(&message.institution, work.number, &message.id));
    keep_as(work, number, label, bytes).await
}

/// Keeps what was made for a message whose answer may be another when it comes again: the same bytes have the same file.
///
/// # Errors
/// When the folder did not take it.
pub(super) async fn keep_made(
    work: &Work<'_>,
    label: Label,
    bytes: Vec<u8>,
) -> Result<(FileNumber, Label), Refusal> {
    let message = work.message;
    let key = key(&message.institution, work.number, &message.id);
    let mut made = Sha256::new_with_prefix(key);
    made.update(&bytes);
    let made: String = made.finalize().iter().map(|b| format!("{b:02x}")).collect();
    keep_as(work, FileNumber::of(&made), label, bytes).await
}

async fn keep_as(
    work: &Work<'_>,
    number: FileNumber,
    label: Label,
    bytes: Vec<u8>,
) -> Result<(FileNumber, Label), Refusal> {
    let named = number.clone();
    let kept = with_files(work, move |files| files.keep(&named, label, &bytes)).await?;
    Ok((number, kept))
}

/// 9102: a file of the institution's, or one that is made of the catalogue again.
pub(super) async fn download(work: &Work<'_>) -> Result<Done, Refusal> {
    let number = work.read(|reader| {
        let data = reader.one(&IN_9102_FS_DOWNLOAD_IN)?;
        data.text("file_qury_no").map(str::to_owned)
    })?;
    let today = work.now.date();
    if let Some(extract) = Extract::parse(&number) {
        let days = extract.days();
        if !may_fetch(days, today) {
            return Err(FileError::Absent.into());
        }
        return extract.file(work).await.map(Done::File);
    }
    fetch(work, &number, today).await.map(Done::File)
}

fn may_fetch(days: Span, today: Date) -> bool {
    // A clock of theirs that is a day ahead asked for tomorrow's.
    days.covers(today) || today.tomorrow().is_ok_and(|day| day == days.from)
}

/// The bytes of a file of the institution's by its number.
///
/// # Errors
/// When it is not there, is another's, or its last day has passed.
pub(super) async fn fetch(work: &Work<'_>, number: &str, today: Date) -> Result<Vec<u8>, Refusal> {
    let number = FileNumber::parse(number).ok_or(FileError::Absent)?;
    let owner = work.message.institution.clone().into_owned();
    let (_, bytes) = with_files(work, move |files| files.fetch(&number, &owner, today)).await?;
    Ok(bytes)
}

/// Off the threads that answer: a disk may be slow.
async fn with_files<T: Send + 'static>(
    work: &Work<'_>,
    act: impl FnOnce(&Files) -> Result<T, FileError> + Send + 'static,
) -> Result<T, Refusal> {
    let files = work.window.files.clone();
    let files = files.ok_or_else(|| FileError::Broken("there is no folder of files".into()))?;
    let done = spawn_blocking(move || act(&files)).await;
    let ended = |error: tokio::task::JoinError| FileError::Broken(error.to_string());
    Ok(done.map_err(ended)??)
}

impl From<FileError> for Refusal {
    fn from(error: FileError) -> Refusal {
        let (code, zh) = match &error {
            FileError::Absent => ("no_file", "文件不存在或已过下载截止时间"),
            FileError::Taken => (
                "file_taken",
                "该msgid已上传过其他文件，请使用新的msgid重新上传",
            ),
            FileError::Full => ("files_full", "文件存储空间不足，文件未保存，请联系医保中心"),
            FileError::Broken(_) => ("files_broken", "文件服务暂不可用，请稍后重试"),
        };
        Refusal::door(code, zh, error.to_string())
    }
}
